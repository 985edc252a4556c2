import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { RunningTracker } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';
import type { TestPeer } from './test-peer.test-helper.ts';
import { announceOf, connectPeer, isClosedWithin, stopReading } from './test-peer.test-helper.ts';

let tracker: RunningTracker;
const peers: TestPeer[] = [];

beforeEach(async () => {
  tracker = await startTracker({ host: '127.0.0.1' });
});
afterEach(async () => {
  for (const { socket } of peers.splice(0)) socket.disconnect();
  await tracker.close();
});

async function connect(): Promise<TestPeer> {
  const peer = await connectPeer(tracker.url);
  peers.push(peer);
  return peer;
}

/** A swarm of 31 peers, one of whom asks. */
async function fillSwarm(streamLength: number): Promise<{ share: SampleShare; asker: TestPeer }> {
  const share = await createSampleShare({ streamLength });
  const asker = await connect();
  const others = await Promise.all(Array.from({ length: 30 }, connect));
  for (const peer of [asker, ...others]) {
    expect(await peer.ask('announce', announceOf(share, 7))).toEqual({ ok: true });
  }
  return { share, asker };
}

test('T26: forty answers of 30 large bitfields, asked for at once, come one after the other', async () => {
  const { share, asker } = await fillSwarm(100e9);
  const { shareId } = share;
  const { pieceCount } = share.header.geometry;
  expect(pieceCount).toBeGreaterThan(23_000);
  const found = await Promise.all(
    Array.from({ length: 40 }, () => asker.socket.timeout(10_000).emitWithAck('find', { shareId })),
  );
  for (const answer of found) {
    expect(answer).toMatchObject({ ok: true, holderCount: 30 });
    expect(answer.peerIds).toHaveLength(30);
    expect(answer.bitfields).toHaveLength(30 * Math.ceil(pieceCount / 8));
  }
  expect(asker.socket.connected).toBe(true);
});

test('T26: in the largest shares an answer names fewer peers, so that it stays below 96 KiB', async () => {
  const { share, asker } = await fillSwarm(65_536 * 4 * 1024 * 1024);
  expect(share.header.geometry.pieceCount).toBe(65_536);
  const found = await asker.ask('find', { shareId: share.shareId });
  expect(found).toMatchObject({ ok: true, holderCount: 30 });
  expect(found).toHaveProperty('peerIds.length', 12);
  expect(found).toHaveProperty('bitfields.length', 96 * 1024);
});

test('T26, T9: whoever leaves while its answers wait to be read is forgotten', async () => {
  const { share, asker } = await fillSwarm(100e9);
  const [other] = peers.slice(-1);
  const { shareId } = share;
  stopReading(asker);
  for (let i = 0; i < 45; i += 1) asker.socket.emit('find', { shareId }, () => undefined);
  asker.socket.emit('leave', { shareId });
  expect(await other?.ask('find', { shareId })).toMatchObject({ holderCount: 30 });
  const tcpSocket: unknown = Reflect.get(Object(asker.socket.io.engine.transport), 'ws');
  Reflect.apply(Reflect.get(Object(tcpSocket), 'terminate'), tcpSocket, []);
  await vi.waitFor(async () => {
    expect(await other?.ask('find', { shareId })).toMatchObject({ holderCount: 29 });
  }, 5000);
  expect(await isClosedWithin(asker.socket, 1000)).toBe(true);
});
