import { expect, test } from 'vitest';
import type { ChosenFile, FileHandles } from './app-state.ts';
import type { HandedOver } from './ports/arrivals.ts';
import { takeArrivals } from './take-arrivals.ts';

const nameAll = (files: readonly ChosenFile[]) => files.map(({ path }) => path).join(' ');

async function arrive(handed: HandedOver | undefined, isInstalled: boolean) {
  const told: string[] = [];
  const consumers: ((handles: FileHandles) => void)[] = [];
  await takeArrivals(
    {
      takeHandedOver: async () => handed,
      onOpened: (callback) => void consumers.push(callback),
      isInstalled: () => isInstalled,
    },
    {
      origin: 'https://share.example',
      share: (files, handles) => void told.push(`share ${nameAll(files)} ${handles?.length ?? 0}`),
      offer: (files) => void told.push(`offer ${nameAll(files)}`),
      open: (link) => void told.push(`open ${link}`),
      tell: ({ code }) => void told.push(code),
      writeText: (text) => (text === '' ? [] : [{ path: 'text.txt', file: new File([text], 'x') }]),
    },
  );
  return { told, open: (handles: FileHandles) => consumers[0]?.(handles) };
}

const FILES: HandedOver = { kind: 'files', files: [new File(['1'], 'a.jpg')], text: 'with words' };

test('what the share sheet hands to the installed page is shared', async () => {
  expect((await arrive(FILES, true)).told).toEqual(['share a.jpg text.txt 0']);
});

test('case U8: in the browser’s own window it is only offered: any page could have sent it', async () => {
  expect((await arrive(FILES, false)).told).toEqual(['offer a.jpg text.txt']);
});

test.each([true, false])(
  'a link of a share is opened, also a damaged one, and not shared as a text (installed: %s)',
  async (isInstalled) => {
    const link = `https://share.example/#2${'A'.repeat(43)}`;
    const handed: HandedOver = { kind: 'files', files: [], text: link };
    expect((await arrive(handed, isInstalled)).told).toEqual([`open ${link}`]);
    const cut = { ...handed, text: link.slice(0, -5) };
    expect((await arrive(cut, isInstalled)).told).toEqual([`open ${cut.text}`]);
  },
);

test('nothing, and nothing in it, is nothing', async () => {
  expect((await arrive(undefined, true)).told).toEqual([]);
  expect((await arrive({ kind: 'files', files: [], text: '' }, true)).told).toEqual([]);
});

test('more than is taken that way is told of', async () => {
  expect((await arrive({ kind: 'too-large' }, true)).told).toEqual(['handed-too-much']);
});

test('a file that is opened with the page is shared, with the way back to it', async () => {
  const { told, open } = await arrive(undefined, false);
  const handle = { kind: 'file', name: 'b.pdf', getFile: async () => new File(['b'], 'b.pdf') };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the calls that are made on one
  open([handle as unknown as FileSystemHandle]);
  await expect.poll(() => told).toEqual(['share b.pdf 1']);
});
