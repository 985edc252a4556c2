import { expect, test } from 'vitest';
import type { FileTransfer, TransferEntry } from './gather-files.ts';
import { gatherFromList, gatherFromText, gatherFromTransfer } from './gather-files.ts';

const BATCH = 100;

function fileEntry(fullPath: string, readable = true): TransferEntry & Record<'file', unknown> {
  const name = fullPath.slice(fullPath.lastIndexOf('/') + 1);
  return {
    isFile: true,
    isDirectory: false,
    fullPath,
    file: (onFile: (file: File) => void, onError: (error: Error) => void) => {
      if (readable) onFile(new File([fullPath], name));
      else onError(new Error('NotReadableError'));
    },
  };
}

/** As browsers do, hands out its entries by the hundred. */
function folderEntry(
  fullPath: string,
  children: TransferEntry[],
  readable = true,
): TransferEntry & Record<'createReader', unknown> {
  return {
    isFile: false,
    isDirectory: true,
    fullPath,
    createReader: () => {
      let next = 0;
      return {
        readEntries: (
          onEntries: (entries: TransferEntry[]) => void,
          onError: (error: Error) => void,
        ) => {
          if (!readable) return onError(new Error('SecurityError'));
          next += BATCH;
          return onEntries(children.slice(next - BATCH, next));
        },
      };
    },
  };
}

function drop(...entries: TransferEntry[]): FileTransfer {
  const items = entries.map((entry) => ({
    kind: 'file',
    webkitGetAsEntry: () => entry,
    getAsFile: () => null,
  }));
  return { items, files: [] };
}

test('a dropped folder keeps its paths, in the order of the folder', async () => {
  const dropped = drop(
    folderEntry('/album', [
      fileEntry('/album/1.jpg'),
      folderEntry('/album/raw', [fileEntry('/album/raw/1.dng')]),
      fileEntry('/album/2.jpg'),
    ]),
    fileEntry('/notes.txt'),
  );
  const { files, unreadableCount } = await gatherFromTransfer(dropped);
  expect(files.map(({ path }) => path)).toEqual([
    'album/1.jpg',
    'album/raw/1.dng',
    'album/2.jpg',
    'notes.txt',
  ]);
  expect(unreadableCount).toBe(0);
});

test('a folder is read until it has no more entries to give', async () => {
  const children = Array.from({ length: 2 * BATCH + 1 }, (_, n) => fileEntry(`/many/${n}`));
  const { files } = await gatherFromTransfer(drop(folderEntry('/many', children)));
  expect(files.map(({ path }) => path)).toEqual(children.map((child) => child.fullPath.slice(1)));
});

test('what cannot be read is counted, and the rest still comes', async () => {
  const dropped = drop(
    fileEntry('/locked', false),
    folderEntry('/forbidden', [], false),
    fileEntry('/open'),
  );
  const { files, unreadableCount } = await gatherFromTransfer(dropped);
  expect(files.map(({ path }) => path)).toEqual(['open']);
  expect(unreadableCount).toBe(2);
});

test('an empty folder gives nothing, and is no failure', async () => {
  expect(await gatherFromTransfer(drop(folderEntry('/empty', [])))).toEqual({
    files: [],
    unreadableCount: 0,
    handles: undefined,
  });
});

test('all is taken from the transfer before the first await', async () => {
  const image = new File(['x'], 'image.png');
  const items = [
    { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null },
    { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => image },
  ];
  const gathering = gatherFromTransfer({ items, files: [image] });
  items.length = 0;
  expect((await gathering).files).toEqual([{ path: 'image.png', file: image }]);
});

test('without usable items the file list is taken', async () => {
  const file = new File(['x'], 'a.txt');
  const { files } = await gatherFromTransfer({ items: [], files: [file] });
  expect(files).toEqual([{ path: 'a.txt', file }]);
});

test("a picked folder's files keep the path that the browser gives them", () => {
  const inFolder = new File(['x'], 'a.txt');
  Object.defineProperty(inFolder, 'webkitRelativePath', { value: 'folder/a.txt' });
  const alone = new File(['y'], 'b.txt');
  expect(gatherFromList([inFolder, alone]).map(({ path }) => path)).toEqual([
    'folder/a.txt',
    'b.txt',
  ]);
});

test('a pasted text becomes a file of exactly that text', async () => {
  const [pasted] = gatherFromText('grüße\n');
  expect(pasted?.path).toBe('Pasted text.txt');
  expect(await pasted?.file.text()).toBe('grüße\n');
  expect(gatherFromText('')).toEqual([]);
});

test('the ways to what was dropped are taken too, where the browser gives one for each', async () => {
  const handle = { kind: 'file', name: 'a', isSameEntry: async () => false } as const;
  const give = async () => handle;
  const [item] = Array.from(drop(fileEntry('/a')).items);
  if (item === undefined) throw new Error('nothing was dropped');
  const withHandle = { ...item, getAsFileSystemHandle: give };
  const gather = async (...items: (typeof withHandle | typeof item)[]) =>
    (await gatherFromTransfer({ items, files: [] })).handles;
  expect(await gather(withHandle)).toEqual([handle]);
  expect(await gather(withHandle, item)).toBeUndefined();
  expect(
    await gather({ ...item, getAsFileSystemHandle: () => Promise.reject(new Error('no')) }),
  ).toBeUndefined();
});
