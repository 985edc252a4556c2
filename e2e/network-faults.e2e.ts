import type { BrowserContext, WebSocketRoute } from 'playwright-core';
import { expect } from 'vitest';
import { computeSha256 } from './files/compute-sha256.ts';
import { makeRandomFile } from './files/sample-files.ts';
import type { Tab } from './page/tab.ts';
import { MovingAddress } from './stage/moving-address.ts';
import { printFigures } from './stage/print-figures.ts';
import { receive } from './stage/receive.ts';
import type { Stage } from './stage/stage.ts';
import { test } from './stage/test.ts';
import { TrackerProcess } from './stage/tracker-process.ts';

const MB = 1e6;
/** Slow enough for what a test does half-way to happen half-way, on whatever machine. */
const HALFWAY_RATE = 1 * MB;
const OFFLINE_MS = 30_000;
const ASLEEP_MS = 5000;
/** From waking to the next tenth of the file, a second's worth of it. */
const MAX_WAKING_MS = 20_000;
/** Between two changes of the progress bar, on a machine that does other things as well. */
const UNNOTICED_MS = 1500;

test('case T23; T16: transfers do not notice that the tracker is killed and started anew, and newcomers find them', async ({
  stage,
  trackerProcess: tracker,
}) => {
  await expectUnnoticed(stage, tracker.url, 'tracker killed', async (receiver) => {
    const warning = receiver.page.getByText('The tracker cannot be reached.');
    await tracker.kill();
    await warning.waitFor();
    await tracker.start();
    const startedMs = performance.now();
    await warning.waitFor({ state: 'hidden', timeout: 30_000 });
    return performance.now() - startedMs;
  });
});

test('case T23; T16: transfers do not notice that the tracker has moved, and newcomers find them at the new one', async ({
  stage,
  onTestFinished,
}) => {
  const [before, after] = [new TrackerProcess(), new TrackerProcess()];
  const address = await MovingAddress.open();
  onTestFinished(async () => {
    address.close();
    await Promise.all([before.kill(), after.kill()]);
  });
  await Promise.all([before.start(), after.start()]);
  address.leadTo(before.url);
  await expectUnnoticed(stage, address.url, 'tracker moved', async () => {
    address.leadTo(after.url);
    const movedMs = performance.now();
    await expect.poll(() => readHoldings(after.url), { timeout: 30_000 }).toBe(2);
    expect(await readHoldings(before.url)).toBe(0);
    return performance.now() - movedMs;
  });
});

test('case S8; E13, T16: a receiver that is offline for 30 s goes on by itself', async ({
  stage,
}) => {
  const size = 8 * MB;
  const path = makeRandomFile(stage.folder, 'offline.bin', size);
  const sharer = await stage.openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const shared = await sharer.share(path);
  const context = await stage.openContext();
  const line = await holdTrackerLine(context);
  const receiver = await stage.openTabIn(context);
  await receiver.limitUpload(100 * MB);
  const card = await receiver.openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(30);
  await Promise.all([receiver.goOffline(), line.cut()]);
  const before = await card.percent();
  await receiver.page.waitForTimeout(OFFLINE_MS);
  expect(await card.percent()).toBeLessThanOrEqual(before + 5);
  line.mend();
  await receiver.limitUpload(undefined);
  const onlineMs = performance.now();
  await card.waitForPercent(before + 10);
  const goneOnAfterMs = Math.round(performance.now() - onlineMs);
  await sharer.limitUpload(undefined);
  expect((await receiving).sha256).toBe(await computeSha256(path));
  const fetchedAgainBytes = (await shared.sentBytes()) - size;
  printFigures({ fault: 'offline for 30 s', goneOnAfterMs, fetchedAgainBytes });
});

test('case S7; E13, T16: a receiver that wakes after everything it knew has gone finds it anew', async ({
  stage,
}) => {
  const size = 8 * MB;
  const path = makeRandomFile(stage.folder, 'asleep.bin', size);
  const sharer = await stage.openTab();
  const shared = await sharer.share(path);
  await sharer.waitForStoredPieces(size);
  await sharer.limitUpload(HALFWAY_RATE);
  const profile = stage.createProfile();
  const receiver = await stage.openTabIn(await profile.open());
  const card = await receiver.openLink(await shared.link());
  const receiving = receive(card, stage.folder);
  const before = await card.waitForPercent(30);
  const wake = await profile.suspend();
  // What ten minutes would do: connections and the tracker's memory of it are gone.
  await sharer.page.reload();
  await stage.restartTracker();
  await sharer.page.waitForTimeout(ASLEEP_MS);
  wake();
  const awakeMs = performance.now();
  await card.waitForPercent(before + 10);
  const goneOnAfterMs = Math.round(performance.now() - awakeMs);
  await sharer.limitUpload(undefined);
  expect((await receiving).sha256).toBe(await computeSha256(path));
  printFigures({ fault: 'asleep', goneOnAfterMs });
  expect(goneOnAfterMs).toBeLessThan(MAX_WAKING_MS);
});

/** A browser's line to the tracker, which can be cut without the tracker's being told of anything else. */
async function holdTrackerLine(
  context: BrowserContext,
): Promise<{ cut: () => Promise<void>; mend: () => void }> {
  const open = new Set<WebSocketRoute>();
  let isCut = false;
  await context.routeWebSocket(/socket\.io/, (page) => {
    if (isCut) {
      void page.close();
      return;
    }
    const tracker = page.connectToServer();
    open.add(page).add(tracker);
    for (const [end, other] of [
      [page, tracker],
      [tracker, page],
    ] as const) {
      end.onMessage((message) => other.send(message));
    }
  });
  return {
    async cut() {
      isCut = true;
      await Promise.all(Array.from(open, (end) => end.close()));
    },
    mend() {
      isCut = false;
    },
  };
}

/** Keeps, in every page of the context, the first connection to a peer where a test can see it. */
function keepFirstConnection(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const kept: { RTCPeerConnection: unknown; firstConnection?: unknown } = globalThis;
    kept.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        kept.firstConnection ??= this;
      }
    };
  });
}

function readFirstConnection(tab: Tab): Promise<unknown> {
  return tab.page.evaluate(() =>
    Reflect.get(Reflect.get(globalThis, 'firstConnection'), 'connectionState'),
  );
}

/** What befalls the tracker under a transfer; resolves with how many milliseconds the pages took to be back. */
type Fault = (receiver: Tab) => Promise<number>;

/** The transfer goes on over the connection that it had, and who comes afterwards finds both peers. */
async function expectUnnoticed(
  stage: Stage,
  trackerUrl: string,
  fault: string,
  strike: Fault,
): Promise<void> {
  const openTab = async (): Promise<Tab> => {
    const context = await stage.openContext();
    await keepFirstConnection(context);
    return stage.openTabIn(context, trackerUrl);
  };
  const path = makeRandomFile(stage.folder, 'unnoticed.bin', 10 * MB);
  const sharer = await openTab();
  await sharer.limitUpload(HALFWAY_RATE);
  const link = await (await sharer.share(path)).link();
  const receiver = await openTab();
  const card = await receiver.openLink(link);
  const receiving = receive(card, stage.folder);
  await card.waitForPercent(10);
  const readStandstillMs = await card.watchStandstillMs();
  const backAfterMs = Math.round(await strike(receiver));
  const standstillMs = await readStandstillMs();
  await sharer.limitUpload(undefined);
  const newcomer = await (await openTab()).openLink(link);
  const saved = await receive(newcomer, stage.folder);
  const sha256 = await computeSha256(path);
  expect([(await receiving).sha256, saved.sha256]).toEqual([sha256, sha256]);
  printFigures({ fault, backAfterMs, standstillMs });
  expect(standstillMs).toBeLessThan(UNNOTICED_MS);
  expect(await readFirstConnection(receiver)).toBe('connected');
}

/** How many peers a tracker has in its books, one for each share that it is in. */
async function readHoldings(url: string): Promise<unknown> {
  const health: unknown = await (await fetch(`${url}healthz`)).json();
  return Reflect.get(Object(health), 'holdings');
}
