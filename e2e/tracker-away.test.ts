import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { TrackerProcess } from '../server/run-tracker.test-helper.ts';
import { readUrl, runTracker } from '../server/run-tracker.test-helper.ts';
import { createSampleShare } from '../shared/share/sample-share.test-helper.ts';
import { Bitfield } from '../shared/wire/bitfield.ts';
import { SocketIoTrackerClient } from '../web/tracker/socket-io-tracker-client.ts';
import { MovingAddress } from './stage/moving-address.ts';

vi.setConfig({ testTimeout: 60_000 });

const TEN_MINUTES_S = 600;
const realSetTimeout = setTimeout;

let running: TrackerProcess;
let trackerUrl = '';
let address: MovingAddress;
let client: SocketIoTrackerClient;

beforeEach(async () => {
  running = runTracker({});
  trackerUrl = await readUrl(running);
  address = await MovingAddress.open();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  client.close();
  vi.useRealTimers();
  address.close();
  running.child.kill('SIGKILL');
});

/** A second of the page's clock, and as much of the true one as a connection on this machine takes. */
async function passSecond(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000);
  await new Promise((resolve) => realSetTimeout(resolve, 3));
}

/** Seconds of the page's clock until the tracker's books say so. */
async function countSecondsUntil(holdings: number): Promise<number> {
  for (let seconds = 0; ; seconds += 1) {
    const health: unknown = await (await fetch(`${trackerUrl}/healthz`)).json();
    if (Reflect.get(Object(health), 'holdings') === holdings) return seconds;
    await passSecond();
  }
}

test('case T23; T16, T21: a page without its tracker for ten minutes tries now and then, and is in the books a minute after', async () => {
  const share = await createSampleShare({ streamLength: 10 * 65_536 });
  const { bytes, geometry } = share.header;
  const bitfield = Bitfield.of(geometry.pieceCount, [3]).toBytes();
  address.leadTo(trackerUrl);
  client = new SocketIoTrackerClient(address.url);
  const session = client.join(share.shareId, {
    onWelcome: () => void session.announce({ header: bytes, bitfield, role: 'member' }),
    onDown: () => {},
    onSignal: () => {},
  });
  await countSecondsUntil(1);
  address.leadTo(undefined);
  for (let second = 0; second < TEN_MINUTES_S; second += 1) await passSecond();
  expect(client.status).toBe('down');
  expect(address.turnedAwayCount).toBeGreaterThanOrEqual(TEN_MINUTES_S / 60);
  expect(address.turnedAwayCount).toBeLessThanOrEqual(TEN_MINUTES_S / 10);
  address.leadTo(trackerUrl);
  expect(await countSecondsUntil(1)).toBeLessThanOrEqual(61);
  expect(client.status).toBe('up');
});
