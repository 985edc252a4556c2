import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MB = 1e6;

test('D4: tabs of one browser, which share one store, can share and download side by side', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'one profile.bin', 34e6);
  const context = await stage.openContext();
  const sharer = await stage.openTabIn(context);
  const link = await (await sharer.share(path)).link();
  const first = await (await stage.openTabIn(context)).openLink(link);
  const second = await (await stage.openTabIn(context)).openLink(link);
  const received = await Promise.all([receive(first, stage.folder), receive(second, stage.folder)]);
  const sha256 = await computeSha256(path);
  expect(received.map((one) => one.sha256)).toEqual([sha256, sha256]);
  await sharer.card('one profile.bin').waitForStatus('Sharing');
});

test("D1, D4: a receiver in the sharer's browser goes on after a reload once it is told to again", async ({
  stage,
}) => {
  const size = 20 * MB;
  const path = makeRandomFile(stage.folder, 'beside.bin', size);
  const context = await stage.openContext();
  const sharer = await stage.openTabIn(context);
  await sharer.limitUpload(4 * MB);
  const shared = await sharer.share(path);
  const receiver = await stage.openTabIn(context);
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  await card.waitForPercent(40);
  await receiver.page.reload();
  await card.button('Download').waitFor();
  const receiving = keepDownload(card.nextDownload(), stage.folder);
  await card.button('Download').click();
  expect((await receiving).sha256).toBe(await computeSha256(path));
  expect(await shared.sentBytes()).toBeLessThan(1.4 * size);
  await shared.waitForStatus('Sharing');
});

test('D4, D6: a share stays with the tab that reloads, and goes to another one when that is closed', async ({
  stage,
}) => {
  const size = 12 * MB;
  const path = makeRandomFile(stage.folder, 'handed on.bin', size);
  const context = await stage.openContext();
  const sharer = await stage.openTabIn(context);
  const shared = await sharer.share(path);
  const link = await shared.link();
  await sharer.waitForStoredPieces(size);
  const other = await stage.openTabIn(context);
  // Long enough for the other tab to count as one that waits.
  await other.page.waitForTimeout(4000);
  await sharer.page.reload();
  await shared.waitForStatus('Sharing');
  await other.page.waitForTimeout(4000);
  expect(await other.card().root.count()).toBe(0);
  await sharer.page.close();
  await other.card('handed on.bin').waitForStatus('Sharing');
  const card = await (await stage.openTab()).openLink(link);
  expect((await receive(card, stage.folder)).sha256).toBe(await computeSha256(path));
});

test('case S6; D4, D11: two tabs on one link are one peer, and the second takes over when the first is closed', async ({
  stage,
}) => {
  const size = 16 * MB;
  const path = makeRandomFile(stage.folder, 'one swarm.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(1.5 * MB);
  const shared = await sharer.share(path);
  const link = await shared.link();
  const context = await stage.openContext();
  const [first, second] = [await stage.openTabIn(context), await stage.openTabIn(context)];
  const leading = await first.openLink(link);
  const following = await second.openLink(link);
  await leading.button('Download').click();
  await leading.waitForPercent(5);
  const receiving = keepDownload(following.download(), stage.folder);
  // The other tab's progress, seen here.
  await following.waitForPercent(15);
  expect(await shared.text()).toContain('1 peer');
  expect(await stage.countHoldings()).toBe(2);
  await first.page.close();
  const closedAtMs = performance.now();
  const percent = await following.percent();
  await following.waitForPercent(percent + 3);
  const takeoverMs = performance.now() - closedAtMs;
  process.stdout.write(`taken over after ${Math.round(takeoverMs)} ms\n`);
  expect(takeoverMs).toBeLessThan(5_000);
  await sharer.limitUpload(undefined);
  expect((await receiving).sha256).toBe(await computeSha256(path));
  await following.waitForStatus('Complete');
  // What was under way when the first tab was closed, and no more, came twice.
  expect(await shared.sentBytes()).toBeLessThan(1.15 * size);
});

test('case S6; D11: what is asked for in one tab is done by the one that takes care of the share', async ({
  stage,
}) => {
  const size = 40 * MB;
  const path = makeRandomFile(stage.folder, 'asked.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(3 * MB);
  const link = await (await sharer.share(path)).link();
  const context = await stage.openContext();
  const [first, second] = [await stage.openTabIn(context), await stage.openTabIn(context)];
  const leading = await first.openLink(link);
  const following = await second.openLink(link);
  await leading.button('Download').click();
  await leading.waitForPercent(5);
  await following.button('Download').click();
  await following.button('Pause').click();
  await leading.waitForStatus('Paused');
  await following.waitForStatus('Paused');
  await second.page.reload();
  await following.waitForStatus('Paused');
  await following.button('Resume').click();
  await leading.waitForStatus('Downloading');
  await following.button('Remove').click();
  await following.root.getByRole('button', { name: 'Remove', exact: true }).last().click();
  await leading.root.waitFor({ state: 'detached' });
  await following.root.waitFor({ state: 'detached' });
});
