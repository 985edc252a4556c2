import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { test } from './stage/two-browsers-test.ts';

const MB = 1e6;
const SAID = 'This browser does not let the page store data.';

test('V3: a file arrives in a private window of Firefox and is saved there, and nothing of it stays', async ({
  stage,
  firefox,
}) => {
  // More than is saved without a service worker's help where there is one.
  const path = makeRandomFile(stage.folder, 'private.bin', 34 * MB);
  const shared = await (await stage.openTab()).share(path);
  const profile = firefox.createProfile({ isPrivate: true });
  const receiver = await profile.open();
  const card = await receiver.openLink(await shared.link());
  expect((await receive(card, stage.folder)).sha256).toBe(await computeSha256(path));
  await card.waitForStatus('Complete');
  await profile.close();
  const again = await profile.open();
  expect(await again.countCards()).toBe(0);
});

test('D3, D10: a private window of Firefox shares a file as well', async ({ stage, firefox }) => {
  const path = makeRandomFile(stage.folder, 'from private.bin', 5 * MB);
  const sharer = await firefox.createProfile({ isPrivate: true }).open();
  const shared = await sharer.share(path);
  const card = await (await stage.openTab()).openLink(await shared.link());
  expect((await receive(card, stage.folder)).sha256).toBe(await computeSha256(path));
});

test('case S2; D3, D10: a browser that stores nothing says so on the card, and goes on by itself once it does', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'refused.bin', 3 * MB);
  const shared = await (await stage.openTab()).share(path);
  const context = await stage.openContext();
  await context.addInitScript(() => {
    const real = indexedDB;
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        if (document.documentElement.dataset['mayStore'] !== undefined) return real;
        throw new DOMException('Nothing may be stored here.', 'SecurityError');
      },
    });
  });
  const receiver = await stage.openTabIn(context);
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  await card.waitForStatus('Paused', 30_000);
  expect(await card.text()).toContain(SAID);
  const own = await receiver.share(makeRandomFile(stage.folder, 'own.bin', MB));
  // The page goes on working all the same.
  expect(await own.link()).toContain(stage.url);
  const receiving = keepDownload(
    receiver.card('refused.bin').nextDownload(120_000, 'refused.bin'),
    stage.folder,
  );
  await receiver.page.evaluate(() => (document.documentElement.dataset['mayStore'] = ''));
  expect((await receiving).sha256).toBe(await computeSha256(path));
});
