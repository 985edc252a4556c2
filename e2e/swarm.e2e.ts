import { expect, vi } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import type { ShareCardOnPage } from './page/share-card.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';
import { watchHoldings } from './stage/watch-holdings.ts';

const MB = 1e6;
const SHOWN_SOON = { interval: 100, timeout: 5000 };

test('E9: four at once get it from each other: the sharer sends it about once', async ({
  stage,
}) => {
  const size = 12 * MB;
  const path = makeRandomFile(stage.folder, 'popular.bin', size);
  const sharer = await stage.openTab();
  // A sharer's uplink is what is scarce.
  await sharer.limitUpload(2 * MB);
  const shared = await sharer.share(path);
  const link = await shared.link();
  const cards: ShareCardOnPage[] = [];
  for (let i = 0; i < 4; i += 1) cards.push(await (await stage.openTab()).openLink(link));
  const received = await Promise.all(cards.map((card) => receive(card, stage.folder)));
  const sha256 = await computeSha256(path);
  expect(received.map((one) => one.sha256)).toEqual([sha256, sha256, sha256, sha256]);
  // A card shows what was sent a moment later.
  const sent = await vi.waitFor(async () => {
    const amounts = await Promise.all([shared, ...cards].map((card) => card.sentBytes()));
    expect(amounts.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThan(3.9 * size);
    return amounts;
  }, SHOWN_SOON);
  const [sentBySharer, ...passedOn] = sent;
  expect(sentBySharer).toBeLessThanOrEqual(1.3 * size);
  expect(passedOn.filter((bytes) => bytes > 0).length).toBeGreaterThanOrEqual(2);
});

test('E16: once the others hold every piece together, they finish without the sharer', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'left behind.bin', 12 * MB);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  const link = await shared.link();
  const holdings = await watchHoldings(stage.url, link);
  const tabs = [await stage.openTab(), await stage.openTab()];
  // So slow towards each other that neither has everything when the two have it together.
  for (const tab of tabs) await tab.limitUpload(0.1 * MB);
  await sharer.limitUpload(3 * MB);
  const receiving = tabs.map(async (tab) => receive(await tab.openLink(link), stage.folder));
  await holdings.othersHoldEverything();
  await sharer.page.close();
  holdings.stop();
  for (const tab of tabs) expect(await tab.card().percent()).toBeLessThan(100);
  for (const tab of tabs) await tab.limitUpload(undefined);
  const sha256 = await computeSha256(path);
  for (const one of await Promise.all(receiving)) expect(one.sha256).toBe(sha256);
});
