import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { TrackerProcess } from '../server/run-tracker.test-helper.ts';
import { findFreePort, readUrl, runTracker } from '../server/run-tracker.test-helper.ts';
import type { SampleShare } from '../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../shared/share/sample-share.test-helper.ts';
import type { FindResult, TrackerSession } from '../shared/swarm/ports/tracker-client.ts';
import { ANNOUNCE_INTERVAL_MS } from '../shared/tracker/limits.ts';
import { Bitfield } from '../shared/wire/bitfield.ts';
import { RECONNECT_PACE } from '../web/tracker/reconnect-delay.ts';
import { SocketIoTrackerClient } from '../web/tracker/socket-io-tracker-client.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PAGE_COUNT = 200;
/** All times of the page are this many times shorter, and so are two intervals. */
const HASTE = 10;
const PACE = { firstMs: RECONNECT_PACE.firstMs / HASTE, maxMs: RECONNECT_PACE.maxMs / HASTE };
const TWO_INTERVALS_MS = (2 * ANNOUNCE_INTERVAL_MS) / HASTE;

interface Page {
  readonly client: SocketIoTrackerClient;
  readonly session: TrackerSession;
  readonly share: SampleShare;
  readonly welcomesMs: number[];
}

let port = '';
let running: TrackerProcess;
let shares: SampleShare[];
const pages: Page[] = [];

beforeEach(async () => {
  port = String(await findFreePort());
  shares = await Promise.all(
    [10, 20].map((pieces) => createSampleShare({ streamLength: pieces * 65_536 })),
  );
  const url = await startTracker();
  for (let i = 0; i < PAGE_COUNT; i += 1) pages.push(openPage(url, shares[i % 2], i));
  await expectBooksRight(url);
});

afterEach(() => {
  for (const { client } of pages.splice(0)) client.close();
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
  const welcomesMs: number[] = [];
  const session = client.join(share.shareId, {
    onWelcome: () => {
      welcomesMs.push(performance.now());
      void session.announce(bytes, bitfield);
    },
    onDown: () => {},
    onSignal: () => {},
  });
  return { client, session, share, welcomesMs };
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

/** Of nine in ten that come back, how many more at the busiest time than on average. */
function computePeak(welcomesMs: readonly number[]): number {
  const sorted = welcomesMs.toSorted((a, b) => a - b);
  const counted = sorted.slice(0, Math.ceil(0.9 * sorted.length));
  const [first = 0, last = 0] = [counted[0], counted.at(-1)];
  const slots = Array.from({ length: 6 }, () => 0);
  for (const ms of counted) {
    const slot = Math.min(5, Math.floor(((ms - first) / (last - first)) * 6));
    slots[slot] = (slots[slot] ?? 0) + 1;
  }
  return Math.max(...slots) / (counted.length / slots.length);
}

function secondWelcomes(): number[] {
  return pages.map(({ welcomesMs }) => welcomesMs[1] ?? Infinity);
}

test('case T23; T16, T21: a tracker killed and started anew knows everybody within two intervals, and no herd comes', async () => {
  running.child.kill('SIGKILL');
  expect(await running.exited).toBeNull();
  const url = await startTracker();
  const readyMs = performance.now();
  await expectBooksRight(url);
  expect(performance.now() - readyMs).toBeLessThan(TWO_INTERVALS_MS);
  expect(computePeak(secondWelcomes())).toBeLessThanOrEqual(3);
  expect(pages.every(({ welcomesMs }) => welcomesMs.length === 2)).toBe(true);
});

test('case T25; T20, T21: pages come back after a tracker that was told to stop, and no herd comes', async () => {
  running.child.kill('SIGTERM');
  expect(await running.exited).toBe(0);
  const url = await startTracker();
  await expectBooksRight(url);
  expect(computePeak(secondWelcomes())).toBeLessThanOrEqual(3);
});
