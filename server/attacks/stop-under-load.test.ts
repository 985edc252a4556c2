import { setTimeout as wait } from 'node:timers/promises';

import { afterEach, expect, test } from 'vitest';

import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import { announceOf, connectPeer, stopReading } from '../gateway/test-peer.test-helper.ts';
import type { TrackerProcess } from '../run-tracker.test-helper.ts';
import { readUrl, runTracker } from '../run-tracker.test-helper.ts';

const PEER_COUNT = 40;

let started: TrackerProcess | undefined;
const peers: TestPeer[] = [];

afterEach(() => {
  for (const { socket } of peers.splice(0)) socket.disconnect();
  started?.child.kill('SIGKILL');
});

test('case T25; T20: told to stop under load it says so, lets nobody in, sends all away and ends in order', async () => {
  started = runTracker({});
  const url = await readUrl(started);
  const share = await createSampleShare({ streamLength: 10 * 65_536 });
  for (let i = 0; i < PEER_COUNT; i += 1) peers.push(await connectPeer(url));
  const [deaf, ...others] = peers;
  for (const peer of others) await peer.ask('announce', announceOf(share, 1));
  if (deaf !== undefined) stopReading(deaf);
  const working = work(others, share);

  started.child.kill('SIGTERM');
  const stoppedMs = performance.now();
  await expect.poll(() => readStatus(`${url}/readyz`)).toBe(503);
  await expect(connectPeer(url)).rejects.toThrow('websocket error');
  expect(await started.exited).toBe(0);
  expect(performance.now() - stoppedMs).toBeLessThan(15_000);
  expect(started.err).not.toContain('failed');
  await working;

  const told = others.map(({ received }) => received.find(({ event }) => event === 'draining'));
  const delaysMs = told.map((last) => Number(Reflect.get(Object(last?.message), 'retryAfterMs')));
  expect(Math.min(...delaysMs)).toBeGreaterThanOrEqual(1000);
  expect(Math.max(...delaysMs)).toBeLessThanOrEqual(30_000);
  expect(new Set(delaysMs).size).toBeGreaterThan(PEER_COUNT / 2);
});

/** Everybody signals to everybody until all connections are closed. */
async function work(others: readonly TestPeer[], { shareId }: SampleShare): Promise<void> {
  const data = new Uint8Array(2000);
  while (others.some(({ socket }) => socket.connected)) {
    for (const [i, { socket }] of others.entries()) {
      const to = others[(i + 1) % others.length]?.peerId;
      if (socket.connected) socket.emit('signal', { shareId, to, data });
    }
    await wait(20);
  }
}

async function readStatus(url: string): Promise<number> {
  return (await fetch(url)).status;
}
