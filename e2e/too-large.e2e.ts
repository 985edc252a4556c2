import { expect } from 'vitest';
import { makeSparseFile } from './files/sample-files.ts';
import { Tab } from './page/tab.ts';
import { test } from './stage/test.ts';

const LARGE = 600e6;

test('case U6; V6: what can be neither streamed nor held as a Blob is said so before the download', async ({
  stage,
}) => {
  const shared = await (await stage.openTab()).share(makeSparseFile(stage.folder, 'a.bin', LARGE));
  // As in Firefox's private windows.
  const context = await stage.openContext();
  await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  const receiver = new Tab(await context.newPage(), stage.url);
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').waitFor();
  await card.root.getByText('This browser cannot save a file of this size from a page.').waitFor();
  const able = await (await stage.openTab()).openLink(await shared.link());
  await able.button('Download').waitFor();
  expect(await able.text()).not.toContain('This browser');
});

test('case U6; V6: a share larger than the room that the browser has is said so before the download', async ({
  stage,
}) => {
  const shared = await (await stage.openTab()).share(makeSparseFile(stage.folder, 'b.bin', LARGE));
  const context = await stage.openContext();
  await context.addInitScript((quota) => {
    // An empty page has none.
    if ('storage' in navigator)
      navigator.storage.estimate = () => Promise.resolve({ quota, usage: 1 });
  }, LARGE);
  const receiver = new Tab(await context.newPage(), stage.url);
  const card = await receiver.openLink(await shared.link());
  await card.root.getByText('This browser has less room than this takes.').waitFor();
  await card.button('Download').waitFor();
});
