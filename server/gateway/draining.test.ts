import { setTimeout as wait } from 'node:timers/promises';

import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import type { RunningTracker, TrackerOptions } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';
import type { TestPeer } from './test-peer.test-helper.ts';
import { connectPeer, isClosedWithin, stopReading } from './test-peer.test-helper.ts';

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(options: TrackerOptions = {}): Promise<RunningTracker> {
  const tracker = await startTracker({ host: '127.0.0.1', ...options });
  stops.push(() => tracker.close());
  return tracker;
}

async function connect(url: string): Promise<TestPeer> {
  const peer = await connectPeer(url);
  stops.push(() => peer.socket.disconnect());
  return peer;
}

test('T20: each peer is told when to come again, at times of their own, and disconnected', async () => {
  let dice = 0;
  const tracker = await start({ random: () => (dice += 0.25) });
  const peers = [await connect(tracker.url), await connect(tracker.url)];
  const closed = Promise.all(peers.map(({ socket }) => isClosedWithin(socket, 2000)));
  const startedMs = performance.now();
  await tracker.close();
  expect(await closed).toEqual([true, true]);
  expect(peers.map(({ received }) => received)).toEqual([
    [{ event: 'draining', message: { retryAfterMs: 2000 } }],
    [{ event: 'draining', message: { retryAfterMs: 3000 } }],
  ]);
  expect(performance.now() - startedMs).toBeLessThan(1000);
});

test('T20: while it waits for one that does not read it lets nobody in, and says that it stops', async () => {
  const tracker = await start();
  expect((await fetch(`${tracker.url}/readyz`)).status).toBe(200);
  stopReading(await connect(tracker.url));
  const startedMs = performance.now();
  const isClosed = tracker.close();
  const readiness = await fetch(`${tracker.url}/readyz`);
  expect([readiness.status, await readiness.text()]).toEqual([503, 'stopping\n']);
  await expect(connectPeer(tracker.url)).rejects.toThrow('websocket error');
  await isClosed;
  expect(performance.now() - startedMs).toBeLessThan(4000);
});

test('T20: one that is just joining is sent away like the others', async () => {
  const tracker = await start();
  const url = `${tracker.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  const socket = new WebSocket(url);
  const messages: unknown[] = [];
  socket.on('message', (bytes: Buffer) => messages.push(bytes.toString()));
  while (messages.length === 0) await wait(5);
  const isClosed = tracker.close();
  socket.send('40');
  await isClosed;
  expect(messages.join()).toMatch(/42\["draining",\{"retryAfterMs":\d+\}\]/u);
});
