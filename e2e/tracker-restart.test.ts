import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';

import type { TrackerProcess } from '../server/run-tracker.test-helper.ts';
import { findFreePort, readUrl, runTracker } from '../server/run-tracker.test-helper.ts';
import type { SampleShare } from '../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../shared/share/sample-share.test-helper.ts';
import type { FindResult, TrackerSession } from '../shared/swarm/ports/tracker-client.ts';
import { ANNOUNCE_INTERVAL_MS } from '../shared/tracker/limits.ts';
import { Bitfield } from '../shared/wire/bitfield.ts';
import { RECONNECT_PACE } from '../web/tracker/reconnect-delay.ts';
import { SocketIoTrackerClient } from '../web/tracker/socket-io-tracker-client.ts';
import { MovingAddress } from './stage/moving-address.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PAGE_COUNT = 200;
/** All times of the page are this many times shorter, and so are two intervals. */
const HASTE = 10;
const PACE = { firstMs: RECONNECT_PACE.firstMs / HASTE, maxMs: RECONNECT_PACE.maxMs / HASTE };
const TWO_INTERVALS_MS = (2 * ANNOUNCE_INTERVAL_MS) / HASTE;

interface Page {
  readonly client: SocketIoTrackerClient;
  readonly session: TrackerSession;
  readonly welcomeCount: () => number;
}

let port = '';
let address: MovingAddress;
let running: TrackerProcess;
let shares: SampleShare[];
const pages: Page[] = [];

beforeEach(async () => {
  port = String(await findFreePort());
  shares = await Promise.all(
    [10, 20].map((pieces) => createSampleShare({ streamLength: pieces * 65_536 })),
  );
  const url = await startTracker();
  address = await MovingAddress.open();
  address.leadTo(url);
  for (let i = 0; i < PAGE_COUNT; i += 1) pages.push(openPage(address.url, shares[i % 2], i));
  await expectBooksRight(url);
});

afterEach(() => {
  for (const { client } of pages.splice(0)) client.close();
  address.close();
  running.child.kill('SIGKILL');
});

async function startTracker(): Promise<string> {
  running = runTracker({ PORT: port });
  return readUrl(running);
}

/** A page that holds one piece of a share, and announces it after every welcome (T16). */
function openPage(url: string, share: SampleShare | undefined, number: number): Page {
  if (share === undefined) throw new RangeError('share');
  const client = new SocketIoTrackerClient(url, PACE);
  const { bytes, geometry } = share.header;
  const bitfield = Bitfield.of(geometry.pieceCount, [number % geometry.pieceCount]).toBytes();
  let welcomeCount = 0;
  const session = client.join(share.shareId, {
    onWelcome: () => {
      welcomeCount += 1;
      void session.announce({ header: bytes, bitfield, role: 'member' });
    },
    onDown: () => {},
    onSignal: () => {},
  });
  return { client, session, welcomeCount: () => welcomeCount };
}

/** Every page is known, in its own swarm, and finds what the others hold. */
async function expectBooksRight(url: string): Promise<void> {
  await expect
    .poll(() => readHealth(url), { timeout: TWO_INTERVALS_MS, interval: 100 })
    .toMatchObject({ sockets: PAGE_COUNT, swarms: 2, holdings: PAGE_COUNT });
  for (const { session } of pages.slice(0, 4)) {
    const found: FindResult = await session.find();
    expect(found).toMatchObject({ kind: 'found', holderCount: PAGE_COUNT / 2 - 1 });
  }
}

async function readHealth(url: string): Promise<unknown> {
  return (await fetch(`${url}/healthz`)).json();
}

test('case T23; T16, T21: a tracker killed and started anew knows all of 200 pages within two intervals', async () => {
  running.child.kill('SIGKILL');
  expect(await running.exited).toBeNull();
  const url = await startTracker();
  const readyMs = performance.now();
  await expectBooksRight(url);
  expect(performance.now() - readyMs).toBeLessThan(TWO_INTERVALS_MS);
  expect(pages.map(({ welcomeCount }) => welcomeCount())).toEqual(pages.map(() => 2));
});

test('case T25; T20, T21: all of 200 pages come back after a tracker that was told to stop', async () => {
  running.child.kill('SIGTERM');
  expect(await running.exited).toBe(0);
  await expectBooksRight(await startTracker());
  expect(pages.map(({ welcomeCount }) => welcomeCount())).toEqual(pages.map(() => 2));
});

test('case T23; T16, T21: a tracker that has moved knows all of 200 pages within two intervals, the old one none', async () => {
  const old = running;
  const oldUrl = await readUrl(old);
  onTestFinished(() => void old.child.kill('SIGKILL'));
  port = '0';
  const url = await startTracker();
  address.leadTo(url);
  const movedMs = performance.now();
  await expectBooksRight(url);
  expect(performance.now() - movedMs).toBeLessThan(TWO_INTERVALS_MS);
  expect(pages.map(({ welcomeCount }) => welcomeCount())).toEqual(pages.map(() => 2));
  expect(await readHealth(oldUrl)).toMatchObject({ sockets: 0, swarms: 0, holdings: 0 });
});
