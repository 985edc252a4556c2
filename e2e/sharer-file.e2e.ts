import { closeSync, openSync, unlinkSync, utimesSync, writeSync } from 'node:fs';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MB = 1e6;
const SIZE = 12 * MB;
const TIME = new Date('2026-01-02T03:04:05Z');

test('case P26; P6, D7: of a file edited in place, with the same size and time, nothing altered leaves', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'edited.bin', SIZE);
  utimesSync(path, TIME, TIME);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  // Every piece has been sealed once by then, and could be sealed again for whoever comes.
  await sharer.waitForStoredPieces(SIZE);
  editInPlace(path);
  const card = await (await stage.openTab()).openLink(await shared.link());
  await card.button('Download').click();
  await shared.waitForStatus('Failed');
  expect(await shared.text()).toContain('A shared file was changed, so sharing it was stopped.');
  await card.waitForStatus('Waiting for peers');
  expect(await card.percent()).toBeLessThan(100);
});

test('case P27; D6, D7: of a file that is deleted what was stored before is shared, and the sharer is told', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'deleted.bin', SIZE);
  const sha256 = await computeSha256(path);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  await sharer.waitForStoredPieces(SIZE);
  unlinkSync(path);
  const card = await (await stage.openTab()).openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await sharer.waitForNotice('A shared file can no longer be read');
  expect((await receiving).sha256).toBe(sha256);
});

test('case P28; L1, K4: an edited file that is shared again has a link and a secret of its own', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'again.bin', MB);
  utimesSync(path, TIME, TIME);
  const sharer = await stage.openTab();
  const link = await (await sharer.share(path)).link();
  editInPlace(path);
  const again = await sharer.share(path);
  await expect.poll(() => again.link()).not.toBe(link);
  const card = await (await stage.openTab()).openLink(await again.link());
  expect((await receive(card, stage.folder)).sha256).toBe(await computeSha256(path));
});

function editInPlace(path: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from('edited'), 0, 6, 500_000);
  closeSync(file);
  utimesSync(path, TIME, TIME);
}
