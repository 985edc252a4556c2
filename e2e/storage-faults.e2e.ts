import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import type { ShareCardOnPage } from './page/share-card.ts';
import type { Tab } from './page/tab.ts';
import { printFigures } from './stage/print-figures.ts';
import { keepDownload, receive } from './stage/receive.ts';
import type { Stage } from './stage/stage.ts';
import { test } from './stage/test.ts';

const MB = 1e6;
const HALFWAY_RATE = 8 * MB;
const LARGE_RATE = 16 * MB;
const LARGE_PIECE_BYTES = 128 * 1024;
/** What is written at once, and lost where that fails. */
const UNSTORED_BYTES = 4 * 1024 * 1024;
/** A request window at these rates, one piece, and what the card rounds. */
const IN_FLIGHT_BYTES = 3 * MB;
/** Together more than the disk, each alone less: what is kept leaves 64 MB and what is stored already. */
const DISK_BYTES = 75 * MB;
const KEPT_BYTES = 8 * MB;
const OWN_BYTES = 70 * MB;
/** Longer than until it is first looked for room. */
const FULL_MS = 7_000;
/** At most the time from the second look to the third. */
const GO_ON_MS = 25_000;

test('case S1; D10: a full disk half-way pauses the download with a sentence, and it goes on by itself once there is room', async ({
  stage,
}) => {
  const size = 40 * MB;
  const path = makeRandomFile(stage.folder, 'full.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  const receiver = await stage.openTabOnDisk();
  // Before anything is stored: a browser that has found much room does not look again soon.
  const makeRoom = await receiver.limitStorage(20 * MB);
  const card = await receiver.openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await card.waitForStatus('Downloading');
  await card.waitForStatus('Paused', 15_000);
  expect(await card.text()).toContain('This browser has no more room for the file.');
  const sentBytes = await readWhenSettled(shared, receiver);
  // It looks for room meanwhile, and finds none.
  await receiver.page.waitForTimeout(FULL_MS);
  await card.waitForStatus('Paused');
  expect(await shared.sentBytes()).toBe(sentBytes);
  await makeRoom();
  const freedMs = performance.now();
  await card.waitForStatus('Downloading', GO_ON_MS);
  const goneOnAfterMs = Math.round(performance.now() - freedMs);
  expect((await receiving).sha256).toBe(await computeSha256(path));
  const fetchedAgainBytes = (await shared.sentBytes()) - size;
  printFigures({ fault: 'quota exceeded', goneOnAfterMs, fetchedAgainBytes });
  expect(fetchedAgainBytes).toBeLessThanOrEqual(UNSTORED_BYTES + IN_FLIGHT_BYTES);
});

test('case S1; D10, T31: where the disk is full for a download, what is kept for others gives way to it', async ({
  stage,
}) => {
  const own = makeRandomFile(stage.folder, 'own.bin', OWN_BYTES);
  const sharer = await stage.openTab();
  await sharer.limitUpload(MB);
  const shared = await sharer.share(own);
  const receiver = await stage.openTabOnDisk();
  await receiver.limitStorage(DISK_BYTES);
  const card = await receiver.openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(1);
  const other = await stage.openTab();
  await other.share(makeRandomFile(stage.folder, 'of-others.bin', KEPT_BYTES));
  await receiver.volunteering.press();
  await other.card().root.getByText('1 full copy besides yours').waitFor();
  const keptPieces = await receiver.volunteering.countPieces();
  await sharer.limitUpload(undefined);
  expect((await receiving).sha256).toBe(await computeSha256(own));
  const leftPieces = await receiver.volunteering.countPieces();
  printFigures({ fault: 'disk full beside volunteered pieces', keptPieces, leftPieces });
  expect(leftPieces).toBeLessThan(keptPieces);
});

/** What the sharer has sent, once its card says the same for a second: what was on its way is counted as well. */
async function readWhenSettled(shared: ShareCardOnPage, { page }: Tab): Promise<number> {
  for (let before = Number.NaN; ; await page.waitForTimeout(1_000)) {
    const sentBytes = await shared.sentBytes();
    if (sentBytes === before) return sentBytes;
    before = sentBytes;
  }
}

for (const [how, damage] of [
  ['deleted', (other) => other.deletePieces()],
  ['cleared with all else of the page', (other) => other.clearStorage()],
] as const satisfies readonly (readonly [string, (other: Tab) => Promise<void>])[]) {
  test(`case S4; D12: pieces ${how} behind our back half-way are fetched again before they are missed`, async ({
    stage,
  }) => {
    const { sharer, path, size } = await shareLarge(stage);
    const receiver = await stage.openTab();
    const other = await stage.openTabIn(receiver.context);
    const card = await receiver.openLink(await sharer.link());
    const downloads = countDownloads(receiver);
    const receiving = receive(card, stage.folder);
    await card.waitForPercent(40);
    await damage(other);
    const damagedBytes = (((await card.percent()) + 1) / 100) * size;
    expect((await receiving).sha256).toBe(await computeSha256(path));
    expect(downloads.count).toBe(1);
    const fetchedAgainBytes = (await sharer.sentBytes()) - size;
    printFigures({ fault: `pieces ${how}`, damagedBytes, fetchedAgainBytes });
    expect(fetchedAgainBytes).toBeGreaterThan(0);
    expect(fetchedAgainBytes).toBeLessThanOrEqual(damagedBytes + IN_FLIGHT_BYTES);
  });
}

test('case S3; D12, V3: pieces altered behind our back cost one download that breaks off, and no wrong byte', async ({
  stage,
}) => {
  const { sharer, path, size } = await shareLarge(stage);
  const receiver = await stage.openTab();
  const other = await stage.openTabIn(receiver.context);
  const card = await receiver.openLink(await sharer.link());
  const downloads = countDownloads(receiver);
  // The one that breaks off; the next may begin as soon as it has.
  const whole = card.nextDownload().then(() => card.nextDownload());
  await card.button('Download').click();
  await card.waitForPercent(40);
  const damagedBytes = (await other.alterPieces()) * LARGE_PIECE_BYTES;
  await receiver.waitForNotice('Some of what was stored here has gone missing.');
  const saved = await keepDownload(whole, stage.folder);
  expect(saved.sha256).toBe(await computeSha256(path));
  expect(downloads.count).toBe(2);
  const fetchedAgainBytes = (await sharer.sentBytes()) - size;
  printFigures({ fault: 'pieces altered', damagedBytes, fetchedAgainBytes });
  expect(fetchedAgainBytes).toBeGreaterThan(0);
  expect(fetchedAgainBytes).toBeLessThanOrEqual(damagedBytes + IN_FLIGHT_BYTES);
});

/** More than the page keeps in memory of what it has read. Its pieces are of 128 KiB. */
async function shareLarge(
  stage: Stage,
): Promise<{ sharer: ShareCardOnPage; path: string; size: number }> {
  const size = 72 * MB;
  const path = makeRandomFile(stage.folder, 'large.bin', size);
  const tab = await stage.openTab();
  await tab.limitUpload(LARGE_RATE);
  return { sharer: await tab.share(path), path, size };
}

function countDownloads({ page }: Tab): { count: number } {
  const downloads = { count: 0 };
  page.on('download', () => (downloads.count += 1));
  return downloads;
}
