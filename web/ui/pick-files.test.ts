import { expect, test } from 'vitest';
import type { PickerWindow } from './pick-files.ts';
import { hasPicker, pickFiles } from './pick-files.ts';

const isSameEntry = async (): Promise<boolean> => false;

function fileHandle(name: string, isReadable = true) {
  const getFile = isReadable
    ? async () => new File([name], name)
    : () => Promise.reject(new DOMException('', 'NotReadableError'));
  return { kind: 'file', name, isSameEntry, getFile } as const;
}

function folderHandle(name: string, children: readonly FileSystemHandle[]) {
  async function* values(): AsyncGenerator<FileSystemHandle> {
    yield* children;
  }
  return { kind: 'directory', name, isSameEntry, values } as const;
}

function openWindow(parts: Partial<PickerWindow>, isCoarse = false): PickerWindow {
  return { matchMedia: () => ({ matches: isCoarse }), ...parts };
}

/** Whoever reads is followed, and asked nothing. */
const follow = <Read>(reading: Promise<Read>): Promise<Read> => reading;

test('D13: files that are picked come with the ways to them', async () => {
  const handles = [fileHandle('a.txt'), fileHandle('b.txt')];
  const picked = await pickFiles(
    openWindow({ showOpenFilePicker: async () => handles }),
    'files',
    follow,
  );
  if (typeof picked !== 'object') throw new Error('nothing was picked');
  expect(picked.files.map(({ path, file }) => [path, file.name])).toEqual([
    ['a.txt', 'a.txt'],
    ['b.txt', 'b.txt'],
  ]);
  expect(picked.handles).toBe(handles);
});

test('D13: a folder that is picked comes with all that is in it, and one way to it', async () => {
  const many = Array.from({ length: 200 }, (_, i) => fileHandle(`${i}`));
  const sub = folderHandle('sub', [...many, fileHandle('locked', false)]);
  const folder = folderHandle('album', [sub, fileHandle('cover.png')]);
  const picked = await pickFiles(
    openWindow({ showDirectoryPicker: async () => folder }),
    'folder',
    follow,
  );
  if (typeof picked !== 'object') throw new Error('nothing was picked');
  expect(picked.files.map(({ path }) => path)).toEqual([
    ...many.map(({ name }) => `album/sub/${name}`),
    'album/cover.png',
  ]);
  expect(picked.unreadableCount).toBe(1);
  expect(picked.handles).toEqual([folder]);
});

test.for([
  ['AbortError', undefined],
  ['SecurityError', 'refused'],
] as const)(
  'of a picker that ends with %s comes %s: who thought better of it has chosen nothing',
  async ([name, outcome]) => {
    const showOpenFilePicker = () => Promise.reject(new DOMException('', name));
    expect(await pickFiles(openWindow({ showOpenFilePicker }), 'files', follow)).toBe(outcome);
  },
);

test('a browser without pickers has its inputs, and so has a finger', () => {
  const pickers = { showOpenFilePicker: async () => [] };
  expect(hasPicker(openWindow({}), 'files')).toBe(false);
  expect(hasPicker(openWindow(pickers), 'folder')).toBe(false);
  expect(hasPicker(openWindow(pickers), 'files')).toBe(true);
  expect(hasPicker(openWindow(pickers, true), 'files')).toBe(false);
});
