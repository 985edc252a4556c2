import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import { printFigures } from './stage/print-figures.ts';
import { keepDownload, receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const MB = 1e6;
/** Slow enough for what a test does half-way to happen half-way, on whatever machine. */
const HALFWAY_RATE = 8 * MB;
/** What is requested from one peer at this rate, and one piece of these files. */
const WINDOW_AND_PIECE_BYTES = 2 * MB;
const GO_ON_MS = 3000;
const RELOADS = 10;

test('case S5; D1, D2, D8: a receiver whose browser is killed twice goes on from what it had stored', async ({
  stage,
}) => {
  const size = 40 * MB;
  const path = makeRandomFile(stage.folder, 'killed.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  const profile = stage.createProfile();
  const receiver = await stage.openTabIn(await profile.open());
  let card = await receiver.openLink(await shared.link());
  await card.button('Download').click();
  const goneOnAfterMs: number[] = [];
  for (const percent of [30, 65]) {
    await card.waitForPercent(percent);
    await profile.kill();
    const context = await profile.open();
    const openedMs = performance.now();
    card = (await stage.openTabIn(context)).card();
    await card.waitForPercent(1 + (await card.waitForPercent(1)));
    goneOnAfterMs.push(Math.round(performance.now() - openedMs));
  }
  expect((await keepDownload(card.nextDownload(), stage.folder)).sha256).toBe(
    await computeSha256(path),
  );
  const fetchedAgainBytes = (await shared.sentBytes()) - size;
  const slowestMs = Math.max(...goneOnAfterMs);
  printFigures({ fault: 'receiver killed', times: 2, slowestMs, fetchedAgainBytes });
  expect(slowestMs).toBeLessThan(GO_ON_MS);
  expect(fetchedAgainBytes).toBeLessThan(2 * WINDOW_AND_PIECE_BYTES);
});

test('D6, D8: a sharer whose browser is killed goes on by itself with a small file', async ({
  stage,
}) => {
  const size = 12 * MB;
  const path = makeRandomFile(stage.folder, 'small.bin', size);
  const profile = stage.createProfile();
  const sharer = await stage.openTabIn(await profile.open());
  const link = await (await sharer.share(path)).link();
  await sharer.waitForStoredPieces(size);
  await sharer.limitUpload(4 * MB);
  const card = await (await stage.openTab()).openLink(link);
  const receiving = receive(card, stage.folder);
  const atLeast = await card.waitForPercent(30);
  await profile.kill();
  const context = await profile.open();
  const openedMs = performance.now();
  const shared = (await stage.openTabIn(context)).card();
  await shared.waitForStatus('Sharing');
  await card.waitForPercent(atLeast + 10);
  const goneOnAfterMs = Math.round(performance.now() - openedMs);
  expect((await receiving).sha256).toBe(await computeSha256(path));
  expect(await shared.chooseAgain.count()).toBe(0);
  printFigures({ fault: 'sharer of a small file killed', goneOnAfterMs });
});

test('D6, D7, D8: a sharer whose browser is killed goes on with what is stored, and asks once for the rest', async ({
  stage,
}) => {
  const size = 40 * MB;
  const path = makeRandomFile(stage.folder, 'large.bin', size);
  const profile = stage.createProfile();
  const sharer = await stage.openTabIn(await profile.open());
  await sharer.limitUpload(HALFWAY_RATE);
  const link = await (await sharer.share(path)).link();
  const first = await (await stage.openTab()).openLink(link);
  await first.button('Download').click();
  await first.waitForPercent(20);
  await first.button('Pause').click();
  // While nobody wants anything the sharer keeps what it gave out.
  await sharer.waitForStoredPieces(size, 0.15);
  await profile.kill();
  const shared = (await stage.openTabIn(await profile.open())).card();
  await shared.waitForStatus('Sharing');
  const newcomer = await (await stage.openTab()).openLink(link);
  const receiving = receive(newcomer, stage.folder);
  await newcomer.waitForPercent(10);
  await shared.chooseAgain.setInputFiles(path);
  expect((await receiving).sha256).toBe(await computeSha256(path));
  const finishing = keepDownload(first.nextDownload(), stage.folder);
  await first.button('Resume').click();
  expect((await finishing).sha256).toBe(await computeSha256(path));
  expect(await shared.chooseAgain.count()).toBe(0);
});

test('case S5; D1, D8: ten reloads of a receiver at random moments lose nothing', async ({
  stage,
}) => {
  const size = 40 * MB;
  const path = makeRandomFile(stage.folder, 'storm.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await shared.link());
  const download = card.nextDownload();
  await card.button('Download').click();
  for (let reload = 0; reload < RELOADS; reload += 1) {
    await receiver.page.waitForTimeout(Math.random() * 600);
    await receiver.page.reload();
  }
  expect((await keepDownload(download, stage.folder)).sha256).toBe(await computeSha256(path));
  const fetchedAgainBytes = (await shared.sentBytes()) - size;
  printFigures({ fault: 'receiver reloaded', times: RELOADS, fetchedAgainBytes });
  expect(fetchedAgainBytes).toBeLessThan(RELOADS * WINDOW_AND_PIECE_BYTES);
});
