import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { readZip } from './files/read-zip.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MB = 1e6;
/** Slow enough for what a test does half-way to happen half-way, on whatever machine. */
const HALFWAY_RATE = 4 * MB;
/** More than is stored at once, so that a reloaded sharer cannot do without the file. */
const LARGE_BYTES = 34 * MB;

test('D6: after a reload the sharer of a small file goes on without it', async ({ stage }) => {
  const size = 12 * MB;
  const path = makeRandomFile(stage.folder, 'small.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  await sharer.waitForStoredPieces(size);
  const card = await (await stage.openTab()).openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(30);
  await sharer.page.reload();
  await sharer.limitUpload(undefined);
  await shared.waitForStatus('Sharing');
  expect((await receiving).sha256).toBe(await computeSha256(path));
  expect(await shared.chooseAgain.count()).toBe(0);
});

test('D7, D8: after a reload the sharer of a large file is asked for it and goes on', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'large.bin', LARGE_BYTES);
  const other = makeRandomFile(stage.folder, 'other.bin', LARGE_BYTES);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  const card = await (await stage.openTab()).openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(20);
  await sharer.page.reload();
  await shared.chooseAgain.setInputFiles(other);
  await sharer.waitForNotice('These are not the files that were shared');
  await sharer.limitUpload(undefined);
  await shared.chooseAgain.setInputFiles(path);
  await shared.waitForStatus('Sharing');
  expect((await receiving).sha256).toBe(await computeSha256(path));
  expect(await shared.chooseAgain.count()).toBe(0);
});

test('D7, D8: after a reload the sharer of a large folder chooses it again and goes on', async ({
  stage,
}) => {
  const folder = join(stage.folder, 'album');
  const names = ['one/part.bin', 'two/part.bin', 'x\\y.bin', 'x_y.bin'];
  for (const name of ['one', 'two']) mkdirSync(join(folder, name), { recursive: true });
  const paths = names.map((name, i) => makeRandomFile(folder, name, (12 - i) * MB));
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  await sharer.page.getByLabel('Choose a folder').setInputFiles(folder);
  const shared = sharer.card('album');
  const card = await (await stage.openTab()).openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(10);
  await sharer.page.reload();
  await sharer.limitUpload(undefined);
  await shared.chooseFolderAgain.setInputFiles(folder);
  const files = readZip((await receiving).path);
  const received = [...files.values()].map((bytes) => bytes.byteLength);
  expect(received.toSorted((a, b) => b - a)).toEqual([12 * MB, 11 * MB, 10 * MB, 9 * MB]);
  for (const path of paths) {
    const content = readFileSync(path);
    expect([...files.values()].some((bytes) => bytes.equals(content))).toBe(true);
  }
  expect(await shared.chooseFolderAgain.count()).toBe(0);
});

test('D1, D8: after a reload the receiver goes on from what it had stored', async ({ stage }) => {
  const size = 20 * MB;
  const path = makeRandomFile(stage.folder, 'resumed.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  await card.waitForPercent(50);
  const receiving = keepDownload(card.nextDownload(), stage.folder);
  await receiver.page.reload();
  const firstShown = await card.waitForPercent(1);
  expect(firstShown).toBeGreaterThanOrEqual(30);
  expect((await receiving).sha256).toBe(await computeSha256(path));
  expect(await shared.sentBytes()).toBeLessThan(1.4 * size);
});

test('D1, D8: a paused download keeps what it has, over a reload too, and goes on from there', async ({
  stage,
}) => {
  const size = 20 * MB;
  const path = makeRandomFile(stage.folder, 'paused.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  const before = await card.waitForPercent(30);
  await card.button('Pause').click();
  await card.waitForStatus('Paused');
  expect(await card.percent()).toBeGreaterThanOrEqual(before);
  await receiver.page.reload();
  await card.waitForStatus('Paused');
  expect(await card.waitForPercent(1)).toBeGreaterThanOrEqual(before - 10);
  const receiving = keepDownload(card.nextDownload(), stage.folder);
  await card.button('Resume').click();
  expect((await receiving).sha256).toBe(await computeSha256(path));
  expect(await shared.sentBytes()).toBeLessThan(1.4 * size);
});

test('D8: a sharer who pauses sends nothing, over a reload too, until it goes on', async ({
  stage,
}) => {
  const size = 12 * MB;
  const path = makeRandomFile(stage.folder, 'held back.bin', size);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  await sharer.waitForStoredPieces(size);
  await sharer.limitUpload(2 * MB);
  const card = await (await stage.openTab()).openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(20);
  await shared.button('Pause').click();
  await shared.waitForStatus('Paused');
  await shared.root
    .getByText('Nobody can get it from this browser until you press Resume.')
    .waitFor();
  await card.waitForStatus('Waiting for peers');
  const percent = await card.percent();
  expect(percent).toBeLessThan(90);
  await sharer.page.reload();
  await shared.waitForStatus('Paused');
  await sharer.page.waitForTimeout(2_000);
  expect(await card.percent()).toBe(percent);
  await shared.button('Resume').click();
  await shared.waitForStatus('Sharing');
  expect((await receiving).sha256).toBe(await computeSha256(path));
  // What is complete is saved also while nobody can get it from here.
  await card.button('Pause').click();
  await card.waitForStatus('Paused');
  const savingAgain = keepDownload(card.nextDownload(), stage.folder);
  await card.button('Save again').click();
  expect((await savingAgain).sha256).toBe(await computeSha256(path));
});

test('D8: Download pressed while nobody is online can be taken back, and outlives a reload', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'not yet.bin', MB);
  const sharer = await stage.openTab();
  const link = await (await sharer.share(path)).link();
  await sharer.waitForStoredPieces(MB);
  await sharer.page.close();
  const receiver = await stage.openTab();
  const card = await receiver.openLink(link);
  await card.button('Download').click();
  await card.button('Pause').click();
  await card.waitForStatus('Paused');
  await card.button('Resume').click();
  await card.waitForStatus('Waiting for peers');
  await receiver.page.reload();
  await card.button('Pause').waitFor();
  const receiving = keepDownload(card.nextDownload(), stage.folder);
  await stage.openTabIn(sharer.context);
  expect((await receiving).sha256).toBe(await computeSha256(path));
});

test('case P24; E13: a sharer who leaves and returns finds the receiver waiting', async ({
  stage,
}) => {
  const size = 12 * MB;
  const path = makeRandomFile(stage.folder, 'away.bin', size);
  const sharer = await stage.openTab();
  const link = await (await sharer.share(path)).link();
  await sharer.waitForStoredPieces(size);
  await sharer.limitUpload(2 * MB);
  const card = await (await stage.openTab()).openLink(link);
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(30);
  await sharer.page.close();
  await card.waitForStatus('Waiting for peers');
  const returned = await stage.openTabIn(sharer.context);
  await returned.card('away.bin').waitForStatus('Sharing');
  expect((await receiving).sha256).toBe(await computeSha256(path));
});

test('T16: a transfer goes on while the tracker is away, and newcomers find it afterwards', async ({
  stage,
}) => {
  const path = makeRandomFile(stage.folder, 'trackerless.bin', 12 * MB);
  const sharer = await stage.openTab();
  await sharer.limitUpload(1 * MB);
  const shared = await sharer.share(path);
  const link = await shared.link();
  const receiver = await stage.openTab();
  const card = await receiver.openLink(link);
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(5);
  await stage.stopTracker();
  await receiver.page.getByText('The tracker cannot be reached.').waitFor();
  const whenDown = await card.percent();
  expect(await card.waitForPercent(Math.min(100, whenDown + 10))).toBeGreaterThan(whenDown);
  await stage.restartTracker();
  await receiver.page.getByText('The tracker cannot be reached.').waitFor({ state: 'hidden' });
  await sharer.limitUpload(undefined);
  const sha256 = await computeSha256(path);
  expect((await receiving).sha256).toBe(sha256);
  const newcomer = await (await stage.openTab()).openLink(link);
  expect((await receive(newcomer, stage.folder)).sha256).toBe(sha256);
});
