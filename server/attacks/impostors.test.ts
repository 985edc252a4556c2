import { afterEach, beforeEach, expect, test } from 'vitest';

import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import { announceOf, connectPeer } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';

const INVALID = { ok: false, code: 'invalid' };

let tracker: AttackedTracker;
let victim: TestPeer;
let finder: TestPeer;

beforeEach(async () => {
  tracker = await startAttacked();
  [victim, finder] = [await tracker.connectPeer(), await tracker.connectPeer()];
  await victim.ask('announce', announceOf(tracker.share, 2, 3));
});

afterEach(async () => {
  for (const { socket } of [victim, finder]) socket.disconnect();
  await tracker.expectUnharmed();
  await tracker.stop();
});

async function expectVictimUntouched(): Promise<void> {
  const { shareId } = tracker.share;
  const found = await finder.ask('find', { shareId });
  expect(found).toMatchObject({ holderCount: 2, peerIds: expect.arrayContaining([victim.peerId]) });
  expect(await victim.ask('announce', { shareId, gained: [[3, 3]] })).toEqual({ ok: true });
}

test.each(['from', 'peerId', 'sender', 'id', 'to'])(
  'case T13; T2: another’s ID as `%s` in a leave, an announce or a gain changes nothing',
  async (field) => {
    const liar = await tracker.connectPeer();
    const { shareId } = tracker.share;
    const claim = { [field]: victim.peerId };
    expect(await liar.ask('leave', { shareId, ...claim })).toEqual(INVALID);
    expect(await liar.ask('announce', { ...announceOf(tracker.share), ...claim })).toEqual(INVALID);
    expect(await liar.ask('announce', { shareId, gained: [[0, 9]], ...claim })).toEqual(INVALID);
    expect(await liar.ask('leave', { shareId })).toEqual({ ok: true });
    liar.socket.disconnect();
    await expectVictimUntouched();
  },
);

test('case T14; T2: who claims another’s ID while connecting gets a new one, and the other stays', async () => {
  const { peerId } = victim;
  const engineId = victim.socket.io.engine.id;
  const claims = { peerId, id: peerId, sid: victim.socket.id, pid: peerId, offset: '0' };
  const liars = [
    await connectPeer(tracker.url, { Cookie: `io=${engineId}`, 'X-Peer-Id': peerId }),
    await connectPeer(tracker.url, {}, { auth: claims, query: { peerId, id: peerId } }),
  ];
  for (const liar of liars) {
    expect(liar.peerId).not.toBe(peerId);
    expect(await liar.ask('leave', { shareId: tracker.share.shareId })).toEqual({ ok: true });
  }
  expect(new Set(liars.map((liar) => liar.peerId)).size).toBe(2);
  const { shareId } = tracker.share;
  await finder.ask('announce', announceOf(tracker.share));
  const signal = { shareId, to: peerId, data: new Uint8Array([1]) };
  expect(await finder.ask('signal', signal)).toEqual({ ok: true });
  expect(victim.received).toHaveLength(1);
  expect(liars.flatMap((liar) => liar.received)).toEqual([]);
  for (const liar of liars) liar.socket.disconnect();
  await expectVictimUntouched();
});
