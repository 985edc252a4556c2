import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { dropPaths } from './page/drop.ts';
import type { Tab } from './page/tab.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

/** More than is kept in the browser at once, so that the files themselves are needed. */
const SIZE = 34e6;

test('D13: after a reload the sharer of what was dropped goes on without a click while that is allowed', async ({
  stage,
}) => {
  const folder = join(stage.folder, 'album');
  mkdirSync(join(folder, 'raw'), { recursive: true });
  const path = makeRandomFile(stage.folder, 'dropped.bin', SIZE);
  makeRandomFile(folder, 'first.bin', SIZE);
  makeRandomFile(join(folder, 'raw'), 'second.bin', 1e6);
  const sharer = await stage.openTabOnDisk();
  await dropPaths(sharer.page, [path]);
  const shared = sharer.card('dropped.bin');
  const link = await shared.link();
  await dropPaths(sharer.page, [folder]);
  await sharer.waitForRemembered(2);
  await keepAllowed(await stage.openTabIn(sharer.context));
  await sharer.page.bringToFront();
  await sharer.page.reload();
  for (const card of [shared, sharer.card('album')]) {
    await card.waitForStatus('Sharing');
    await card.chooseAgain.waitFor({ state: 'detached' });
  }
  const card = await (await stage.openTab()).openLink(link);
  expect((await receive(card, stage.folder)).sha256).toBe(await computeSha256(path));
});

test('D13: where the browser has to ask first, the card offers it beside choosing the files', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'asked for.bin', SIZE);
  const sharer = await stage.openTabOnDisk();
  await dropPaths(sharer.page, [path]);
  await sharer.waitForRemembered(1);
  await sharer.page.bringToFront();
  await sharer.page.reload();
  const shared = sharer.card('asked for.bin');
  // Nobody is there to answer what the browser asks then.
  await shared.button('Read them again').click();
  await shared.chooseAgain.setInputFiles(path);
  await shared.chooseAgain.waitFor({ state: 'detached' });
});

test('D13: once the browser was allowed to, the files are read again, and the share goes on whole', async ({
  stage,
}) => {
  const sharer = await stage.openTabOnDisk();
  await allowWhenAsked(sharer);
  await sharer.page.reload();
  await answerPicker(sharer, 'allowed.bin');
  await sharer.page.getByLabel('Choose files', { exact: true }).press('Enter');
  const shared = sharer.card('allowed.bin');
  await sharer.waitForRemembered(1);
  await sharer.page.reload();
  await shared.chooseAgain.waitFor({ state: 'attached' });
  await readSlowly(sharer);
  await shared.button('Read them again').click();
  const reading = sharer.page.getByRole('main').getByText('Reading the files…');
  await reading.waitFor();
  await shared.chooseAgain.waitFor({ state: 'detached' });
  await reading.waitFor({ state: 'detached' });
  await shared.waitForStatus('Sharing');
  expect(await shared.text()).not.toContain('what is stored here');
  expect(await sharer.page.getByRole('alert').count()).toBe(0);
});

test('D7, D13: a dropped file that was changed meanwhile is not taken', async ({ stage }) => {
  const path = makeRandomFile(stage.folder, 'changed.bin', SIZE);
  const sharer = await stage.openTabOnDisk();
  await dropPaths(sharer.page, [path]);
  await sharer.waitForRemembered(1);
  await keepAllowed(await stage.openTabIn(sharer.context));
  makeRandomFile(stage.folder, 'changed.bin', SIZE);
  await sharer.page.bringToFront();
  await sharer.page.reload();
  const shared = sharer.card('changed.bin');
  await shared.button('Read them again').click();
  await sharer.waitForNotice('not the files that were shared');
});

test('D13: what is dropped on the card that asks for it is remembered as well', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'asked for.bin', SIZE);
  const sharer = await stage.openTabOnDisk();
  const shared = await sharer.share(path);
  await sharer.waitForRemembered(1);
  await sharer.page.reload();
  await shared.chooseAgain.waitFor({ state: 'attached' });
  expect(await shared.button('Read them again').count()).toBe(0);
  await dropPaths(sharer.page, [path], shared.root);
  await shared.chooseAgain.waitFor({ state: 'detached' });
  await sharer.page.reload();
  await shared.button('Read them again').waitFor();
});

test('D13: a file chosen with the button is read again after a reload, without a click where that is allowed', async ({
  stage,
}) => {
  const sharer = await stage.openTabOnDisk();
  await answerPicker(sharer, 'picked.bin');
  await sharer.page.getByLabel('Choose files', { exact: true }).press('Enter');
  const shared = sharer.card('picked.bin');
  await sharer.waitForRemembered(1);
  await sharer.page.reload();
  await shared.waitForStatus('Sharing');
  await shared.chooseAgain.waitFor({ state: 'detached' });
});

/** Has the browser's picker give a file of the origin's own, whose handle is as real as any. */
async function answerPicker({ page }: Tab, name: string): Promise<void> {
  await page.evaluate(
    async ({ name, size }) => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle(name, { create: true });
      const writable = await handle.createWritable();
      await writable.write(new Uint8Array(size));
      await writable.close();
      Object.assign(window, { showOpenFilePicker: async () => [handle] });
    },
    { name, size: SIZE },
  );
}

/** From its next loading on, the page is allowed to read what it has handles of as soon as it asks, and not before. */
async function allowWhenAsked({ page }: Tab): Promise<void> {
  await page.addInitScript(() => {
    let answer: PermissionState = 'prompt';
    Object.assign(FileSystemHandle.prototype, {
      queryPermission: async () => answer,
      requestPermission: async () => (answer = 'granted'),
    });
  });
}

/**
 * Chromium forgets what it allowed for this visit once no page has the handles any more. This page holds on to them, as
 * if a person had allowed it for every visit.
 */
async function keepAllowed(tab: Tab): Promise<void> {
  await tab.page.evaluate(async () => {
    const handles = await new Promise<object[]>((resolve) => {
      const opening = indexedDB.open('peerify-shares');
      opening.addEventListener('success', () => {
        const [store = ''] = opening.result.objectStoreNames;
        const reading = opening.result.transaction(store).objectStore(store).getAll();
        reading.addEventListener('success', () => {
          opening.result.close();
          resolve(reading.result.flatMap(({ part }) => part.handles));
        });
      });
    });
    for (const handle of handles) {
      await Reflect.get(handle, 'queryPermission').call(handle, { mode: 'read' });
    }
    Object.assign(window, { handles });
  });
  // A page that was opened just now would be taken for the one that is being reloaded.
  await tab.page.waitForTimeout(2_500);
}

/** As from a slow disk: each file takes a second to be had. */
async function readSlowly(tab: Tab): Promise<void> {
  await tab.page.evaluate(() => {
    const { prototype } = FileSystemFileHandle;
    const getFile: (this: FileSystemFileHandle) => Promise<File> = Reflect.get(
      prototype,
      'getFile',
    );
    prototype.getFile = async function () {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return getFile.call(this);
    };
  });
}
