import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, vi } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { readZip } from './files/read-zip.ts';
import { makeRandomFile } from './files/sample-files.ts';
import type { FirefoxTab } from './page/firefox-tab.ts';
import type { Tab } from './page/tab.ts';
import type { FirefoxStage } from './stage/firefox-stage.ts';
import { keepDownload, receive } from './stage/receive.ts';
import type { Stage } from './stage/stage.ts';
import { test } from './stage/two-browsers-test.ts';

const MB = 1e6;
/** Slow enough for what a test does half-way to happen half-way, on whatever machine. */
const HALFWAY_RATE = 4 * MB;
const SHOWN_SOON = { interval: 100, timeout: 5000 };

type BrowserName = 'Chromium' | 'Firefox';

/** 1 MB is saved through a Blob, 34 MB are streamed to disk in Chromium, and a temporary file first in Firefox (V6). */
const TRANSFERS: readonly (readonly [number, BrowserName, BrowserName])[] = [
  [1, 'Chromium', 'Firefox'],
  [34, 'Chromium', 'Firefox'],
  [1, 'Firefox', 'Chromium'],
  [34, 'Firefox', 'Chromium'],
  [1, 'Firefox', 'Firefox'],
];

function openTab(
  name: BrowserName,
  stage: Stage,
  firefox: FirefoxStage,
): Promise<Tab | FirefoxTab> {
  return name === 'Chromium' ? stage.openTab() : firefox.openTab();
}

test.for(TRANSFERS)(
  'E16, V3: %i MB go from %s to %s, byte for byte and under their own name',
  async ([megabytes, from, to], { stage, firefox }) => {
    const path = makeRandomFile(stage.folder, 'Grüße 2026.bin', megabytes * MB);
    const shared = await (await openTab(from, stage, firefox)).share(path);
    await shared.waitForStatus('Sharing');
    const card = await (await openTab(to, stage, firefox)).openLink(await shared.link());
    const received = await receive(card, stage.folder);
    expect(received.name).toBe('Grüße 2026.bin');
    expect(received.sha256).toBe(await computeSha256(path));
    await card.waitForStatus('Complete');
    expect(await card.percent()).toBe(100);
  },
);

test('V3, V5, V6: several files that go from Chromium to Firefox become one zip, with no worker that could end', async ({
  stage,
  firefox,
}) => {
  const paths = [
    makeRandomFile(stage.folder, 'first.bin', 34 * MB),
    makeRandomFile(stage.folder, 'zweite Datei äöü.bin', 70_000),
    makeRandomFile(stage.folder, 'empty.bin', 0),
  ];
  const shared = await (await stage.openTab()).share(paths);
  const receiver = await firefox.openTab();
  await receiver.watchBlobAddresses();
  const card = await receiver.openLink(await shared.link());
  const received = await receive(card, stage.folder);
  expect(received.name).toBe('first.bin + 2.zip');
  const files = readZip(received.path);
  expect([...files.keys()]).toEqual(paths.map((path) => basename(path)));
  // Compared as a whole: looked at byte by byte, so much takes minutes.
  for (const path of paths)
    expect(files.get(basename(path))?.equals(readFileSync(path))).toBe(true);
  expect(await receiver.countBlobAddresses()).toBe(1);
});

test('in Firefox a file is shared by a drop, and its link copied with a button and pasted on the page', async ({
  stage,
  firefox,
}) => {
  const shared = await (await firefox.openTab()).dropFile('dropped.txt');
  await shared.press('Copy link');
  const pasted = await (await firefox.openTab()).paste();
  await vi.waitFor(async () => expect(await pasted.text()).toContain('dropped.txt'), SHOWN_SOON);
  const card = await (await stage.openTab()).openLink(await shared.link());
  const received = await receive(card, stage.folder);
  expect(received.name).toBe('dropped.txt');
  expect(readFileSync(received.path, 'utf8')).toBe('dropped.txt');
});

test('D1, D8: a receiver in Firefox that is reloaded half-way goes on from what it had stored', async ({
  stage,
  firefox,
}) => {
  const size = 20 * MB;
  const path = makeRandomFile(stage.folder, 'resumed.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  const receiver = await firefox.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.press('Download');
  await card.waitForPercent(50);
  await receiver.page.reload();
  expect(await card.waitForPercent(1)).toBeGreaterThanOrEqual(30);
  const received = await keepDownload(card.nextDownload(), stage.folder);
  expect(received.sha256).toBe(await computeSha256(path));
  expect(await shared.sentBytes()).toBeLessThan(1.4 * size);
});

test('D6, K4: a sharer in Firefox that is reloaded goes on without its small file, under the same key', async ({
  stage,
  firefox,
}) => {
  const path = makeRandomFile(stage.folder, 'small.bin', 3 * MB);
  const sharer = await firefox.openTab();
  const shared = await sharer.share(path);
  await sharer.waitForStoredPieces(3 * MB);
  const link = await shared.link();
  await sharer.page.reload();
  await shared.waitForStatus('Sharing');
  expect(await shared.link()).toBe(link);
  const received = await receive(await (await stage.openTab()).openLink(link), stage.folder);
  expect(received.sha256).toBe(await computeSha256(path));
});

test('D7: a sharer in Firefox that is reloaded is asked for its large file and goes on with it', async ({
  stage,
  firefox,
}) => {
  const path = makeRandomFile(stage.folder, 'large.bin', 34 * MB);
  const sharer = await firefox.openTab();
  const shared = await sharer.share(path);
  const link = await shared.link();
  await sharer.page.reload();
  await shared.chooseAgain(path);
  await shared.waitForStatus('Sharing');
  const received = await receive(await (await stage.openTab()).openLink(link), stage.folder);
  expect(received.sha256).toBe(await computeSha256(path));
});

test('E9: Chromium and Firefox get one file from each other: the sharer sends it about once', async ({
  stage,
  firefox,
}) => {
  const size = 12 * MB;
  const path = makeRandomFile(stage.folder, 'popular.bin', size);
  const sharer = await stage.openTab();
  // A sharer's uplink is what is scarce.
  await sharer.limitUpload(2 * MB);
  const shared = await sharer.share(path);
  const link = await shared.link();
  const cards = [
    await (await stage.openTab()).openLink(link),
    await (await firefox.openTab()).openLink(link),
  ];
  const received = await Promise.all(cards.map((card) => receive(card, stage.folder)));
  const sha256 = await computeSha256(path);
  expect(received.map((one) => one.sha256)).toEqual([sha256, sha256]);
  // A card shows what was sent a moment later.
  await vi.waitFor(async () => {
    const amounts = await Promise.all([shared, ...cards].map((card) => card.sentBytes()));
    const [sentBySharer = 0, ...passedOn] = amounts;
    expect(amounts.reduce((sum, bytes) => sum + bytes, 0)).toBeGreaterThan(1.9 * size);
    expect(sentBySharer).toBeLessThanOrEqual(1.4 * size);
    for (const bytes of passedOn) expect(bytes).toBeGreaterThan(0);
  }, SHOWN_SOON);
});
