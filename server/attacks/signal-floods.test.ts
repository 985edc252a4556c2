import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import { announceOf } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';

/** Of one dial: an offer or answer, and candidates. */
const DIAL_BYTES = [1500, ...Array.from({ length: 20 }, () => 300)];

let tracker: AttackedTracker;
beforeEach(async () => {
  // The clock stands still, so that no token comes back.
  tracker = await startAttacked({ trustProxyHops: 1, nowMs: () => 0 });
});
afterEach(() => tracker.stop());

async function join(address: string): Promise<TestPeer> {
  const peer = await tracker.connectPeer({ 'X-Forwarded-For': address });
  expect(await peer.ask('announce', announceOf(tracker.share))).toEqual({ ok: true });
  return peer;
}

function joinAll(count: number, address: string): Promise<TestPeer[]> {
  return Promise.all(Array.from({ length: count }, () => join(address)));
}

function signalTo(to: TestPeer, byteLength: number) {
  return { shareId: tracker.share.shareId, to: to.peerId, data: new Uint8Array(byteLength) };
}

/** 16 MB of the largest signals at once, which their own rates allow; resolves with how each was answered. */
function flood(flooders: readonly TestPeer[], victim: TestPeer): Promise<unknown[]> {
  const signal = signalTo(victim, 8192);
  return Promise.all(
    Array.from({ length: 2000 / flooders.length }, () =>
      flooders.map(({ socket }) => socket.emitWithAck('signal', signal)),
    ).flat(),
  );
}

/** What each of a neighbour's signals was answered with, as candidates are found one after the other. */
async function dial(neighbour: TestPeer, victim: TestPeer): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const byteLength of DIAL_BYTES) {
    answers.push(await neighbour.ask('signal', signalTo(victim, byteLength)));
  }
  return answers;
}

function isDone(answer: unknown): boolean {
  return Reflect.get(Object(answer), 'ok') === true;
}

test.each([
  ['one address', 20, '192.0.2.1'],
  ['one address, a neighbour of which comes from there as well', 20, '192.0.2.200'],
  ['one address', 100, '192.0.2.1'],
])(
  'case T17; T37: a peer flooded from %s over %s connections stays, and hears its neighbours',
  async (_, count, address) => {
    const victim = await join('192.0.2.100');
    const flooders = await joinAll(count, address);
    const neighbours = [await join('192.0.2.200'), await join('192.0.2.201')];
    const answers = await flood(flooders, victim);
    const refused = answers.filter((answer) => !isDone(answer));
    const taken = answers.length - refused.length;
    expect(taken * 8192).toBeLessThan(1024 * 1024);
    for (const answer of refused) {
      expect(answer).toEqual({ ok: false, code: 'rate-limited', retryAfterMs: expect.any(Number) });
    }
    await vi.waitFor(() => expect(victim.received).toHaveLength(taken), 10_000);
    expect(victim.socket.connected).toBe(true);
    const dials = neighbours.map((neighbour) => dial(neighbour, victim));
    expect((await Promise.all(dials)).flat().every(isDone)).toBe(true);
    const heard = taken + neighbours.length * DIAL_BYTES.length;
    await vi.waitFor(() => expect(victim.received).toHaveLength(heard));
    for (const { socket } of [victim, ...flooders, ...neighbours]) socket.disconnect();
    await vi.waitFor(() => tracker.expectUnharmed(), 10_000);
  },
  40_000,
);
