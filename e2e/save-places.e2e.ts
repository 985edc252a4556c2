import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFillSync } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type { Stage } from './stage/stage.ts';
import type { Tab } from './page/tab.ts';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

/** A tab that is closed is missed by then (D11). */
const TAKEN_OVER_MS = 5_000;

/**
 * No dialog can be pressed without a screen: what is picked lies in the origin's own file system, once it is answered.
 * As in a folder that a person has picked, and otherwise not here, some names are refused; and a file that is picked is
 * made, or emptied.
 */
function fakePickers(): void {
  // The empty page that a tab begins with has no file system.
  if (!isSecureContext) return;
  const open = Reflect.get(FileSystemDirectoryHandle.prototype, 'getFileHandle');
  FileSystemDirectoryHandle.prototype.getFileHandle = async function (name, options) {
    if (/\.(?:lnk|scf|url)$/i.test(name)) throw new TypeError('Name is not allowed.');
    const opening: Promise<FileSystemFileHandle> = Reflect.apply(open, this, [name, options]);
    return opening;
  };
  const answers: ((isPicked: boolean) => void)[] = [];
  const ask = <Handle>(find: () => Promise<Handle>): Promise<Handle> =>
    new Promise((resolve, reject) => {
      answers.push((isPicked) => {
        if (isPicked) find().then(resolve, reject);
        else reject(new DOMException('The user aborted a request.', 'AbortError'));
      });
    });
  Object.assign(globalThis, {
    answerPicker: (isPicked: boolean) => {
      const answer = answers.shift();
      answer?.(isPicked);
      return answer !== undefined;
    },
    showSaveFilePicker: ({ suggestedName }: { suggestedName: string }) =>
      ask(async () => {
        const root = await navigator.storage.getDirectory();
        const handle = await root.getFileHandle(suggestedName, { create: true });
        await (await handle.createWritable()).close();
        return handle;
      }),
    showDirectoryPicker: () =>
      ask(async () =>
        (await navigator.storage.getDirectory()).getDirectoryHandle('chosen', { create: true }),
      ),
  });
}

async function openPickingTab(stage: Stage): Promise<Tab> {
  const context = await stage.openContext();
  await context.addInitScript(fakePickers);
  return stage.openTabIn(context);
}

/** Two tabs of one browser that have saved the same file; the first of them takes care of it. */
async function openBoth(stage: Stage) {
  const path = makeRandomFile(stage.folder, 'both.bin', 700_000);
  const link = await (await (await stage.openTab()).share(path)).link();
  const first = await openPickingTab(stage);
  await receive(await first.openLink(link), stage.folder);
  const second = await stage.openTabIn(first.context);
  const card = await second.openLink(link);
  await receive(card, stage.folder);
  return { path, first, second, card };
}

/** Once the dialog is open. */
function answer(page: Page, isPicked: boolean): Promise<void> {
  return vi.waitFor(
    async () => {
      const isAnswered: unknown = await page.evaluate((isPicked) => {
        const answerPicker: unknown = Reflect.get(globalThis, 'answerPicker');
        if (typeof answerPicker !== 'function') return false;
        const answered: unknown = Reflect.apply(answerPicker, undefined, [isPicked]);
        return answered;
      }, isPicked);
      if (isAnswered !== true) throw new Error('no dialog is open');
    },
    { interval: 50, timeout: 10_000 },
  );
}

/** Bytes of a file of the origin's own file system, as numbers. */
async function readPicked(page: Page, path: string, size: number): Promise<Buffer> {
  return vi.waitFor(
    async () => {
      const text = await page.evaluate(async (path) => {
        const segments = path.split('/');
        const name = segments.pop() ?? '';
        let folder = await navigator.storage.getDirectory();
        for (const segment of segments) folder = await folder.getDirectoryHandle(segment);
        const file = await (await folder.getFileHandle(name)).getFile();
        const bytes = new Uint8Array(await file.arrayBuffer());
        return Array.from(bytes, (byte) => String.fromCodePoint(byte)).join('');
      }, path);
      if (text.length !== size) throw new Error(`${path} has ${text.length} bytes, not ${size}`);
      return Buffer.from(text, 'latin1');
    },
    { interval: 100, timeout: 20_000 },
  );
}

test('V9: a save dialog that stays open harms nothing, and what is picked then is streamed into', async ({
  stage,
}) => {
  const paths = [
    makeRandomFile(stage.folder, 'first.bin', 700_000),
    makeRandomFile(stage.folder, 'second.bin', 400_000),
  ] as const;
  const sharer = await stage.openTab();
  const one = await (await sharer.share(paths[0])).link();
  const two = await (await sharer.share(paths[1])).link();
  const receiver = await openPickingTab(stage);
  const card = await receiver.openLink(one);
  await receive(card, stage.folder);
  await card.button('Save as…').click();
  // The dialog is open: another share is downloaded and saved, and this one once more.
  const other = await receiver.openPasted(two);
  expect((await receive(other, stage.folder)).sha256).toBe(await computeSha256(paths[1]));
  const again = keepDownload(receiver.card('first.bin').nextDownload(), stage.folder);
  await receiver.card('first.bin').button('Save again').click();
  expect((await again).sha256).toBe(await computeSha256(paths[0]));
  await answer(receiver.page, true);
  const picked = await readPicked(receiver.page, 'first.bin', 700_000);
  expect(picked.equals(readFileSync(paths[0]))).toBe(true);
  // A dialog that is cancelled leaves everything as it was.
  await receiver.card('second.bin').button('Save as…').click();
  await answer(receiver.page, false);
  await receiver.card('second.bin').waitForStatus('Complete');
  expect(await receiver.page.getByRole('alert').count()).toBe(0);
});

test('V9: the files of a share go into a picked folder, where nothing is overwritten', async ({
  stage,
}) => {
  const tree = {
    'trip/one.jpg': 90_000,
    'trip/notes/one.txt': 500,
    'trip/notes/two.txt': 0,
    'trip/site.url': 50,
  };
  for (const [path, size] of Object.entries(tree)) {
    mkdirSync(join(stage.folder, path, '..'), { recursive: true });
    writeFileSync(join(stage.folder, path), randomFillSync(Buffer.alloc(size)));
  }
  const sharer = await stage.openTab();
  await sharer.page.getByLabel('Choose a folder').setInputFiles(join(stage.folder, 'trip'));
  const receiver = await openPickingTab(stage);
  const card = await receiver.openLink(await sharer.card('trip').link());
  await receive(card, stage.folder);
  for (const number of ['', ' (2)']) {
    await card.button('Save into a folder…').click();
    await answer(receiver.page, true);
    for (const [path, size] of Object.entries(tree)) {
      const [name = '', extension = ''] = path.split('.');
      const savedAs =
        extension === 'url' ? `${path}${number}.download` : `${name}${number}.${extension}`;
      const saved = await readPicked(receiver.page, `chosen/${savedAs}`, size);
      expect(saved.equals(readFileSync(join(stage.folder, path)))).toBe(true);
    }
    await receiver.waitForNotice(`Saved under another name: trip/site.url${number}.download.`);
    await card.waitForStatus('Complete');
  }
});

test('V9, D11: a tab that shows what another one takes care of saves into a picked file too, and goes on when that is closed', async ({
  stage,
}) => {
  const { path, first, second, card } = await openBoth(stage);
  for (const isAlone of [false, true]) {
    await card.button('Save as…').click();
    // While the dialog is open the other tab goes, and this one takes care of the share from then on.
    if (isAlone) {
      await first.page.close();
      await second.page.waitForTimeout(TAKEN_OVER_MS);
    }
    await answer(second.page, true);
    const picked = await readPicked(second.page, 'both.bin', 700_000);
    expect(picked.equals(readFileSync(path))).toBe(true);
    await card.waitForStatus('Complete');
  }
});

test('V9, D11: what is picked when the other tab has just been closed is written once this one has taken over', async ({
  stage,
}) => {
  const { path, first, second, card } = await openBoth(stage);
  await card.button('Save as…').click();
  await first.page.close();
  await answer(second.page, true);
  const picked = await readPicked(second.page, 'both.bin', 700_000);
  expect(picked.equals(readFileSync(path))).toBe(true);
  await card.waitForStatus('Complete');
});

test('D12: what has gone from the store when it is to be saved is told of, fetched again, and saved then', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'gone.bin', 700_000);
  const link = await (await (await stage.openTab()).share(path)).link();
  const receiver = await stage.openTab();
  const card = await receiver.openLink(link);
  await receive(card, stage.folder);
  // Nothing of it is in memory any more.
  await receiver.page.reload();
  await card.button('Save again').waitFor();
  await (await stage.openTabIn(receiver.context)).deletePieces();
  const saving = keepDownload(card.nextDownload(20_000), stage.folder);
  await card.button('Save again').click();
  await receiver.waitForNotice('Some of what was stored here has gone missing.');
  expect((await saving).sha256).toBe(await computeSha256(path));
});
