import { setTimeout as wait } from 'node:timers/promises';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { announceOf, isClosedWithin } from '../gateway/test-peer.test-helper.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';
import { probeWhile } from './probe-while.test-helper.ts';

let tracker: AttackedTracker;
beforeEach(async () => {
  tracker = await startAttacked();
});
afterEach(() => tracker.stop());

interface Answers {
  done: number;
  readonly delaysMs: number[];
}

/** Sends without waiting, and counts what was done and what was put off. */
function send(peer: TestPeer, answers: Answers, event: string, message: unknown): void {
  peer.socket.emit(
    event,
    message,
    (answer: { ok: boolean; code?: string; retryAfterMs?: number }) => {
      if (answer.ok) answers.done += 1;
      else if (answer.code === 'rate-limited') answers.delaysMs.push(answer.retryAfterMs ?? 0);
    },
  );
}

function countAnswers({ done, delaysMs }: Answers): number {
  return done + delaysMs.length;
}

test('case T10; T11: 1,000 announces a second on one connection are put off, then it is closed', async () => {
  const [flooder, prober] = [await tracker.connectPeer(), await tracker.connectPeer()];
  const answers: Answers = { done: 0, delaysMs: [] };
  const { processorMs } = await probeWhile(prober, async () => {
    for (let round = 0; round < 50 && flooder.socket.connected; round += 1) {
      for (let i = 0; i < 20; i += 1) send(flooder, answers, 'announce', announceOf(tracker.share));
      await wait(20);
    }
  });
  expect(await isClosedWithin(flooder.socket, 1000)).toBe(true);
  expect(answers.done).toBeGreaterThanOrEqual(50);
  expect(answers.done).toBeLessThan(100);
  expect(answers.delaysMs.length).toBeGreaterThanOrEqual(200);
  expect(Math.min(...answers.delaysMs)).toBeGreaterThan(0);
  expect(processorMs).toBeLessThan(500);
  prober.socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T10; T11: 50 connections of one address that flood at once are each put off and closed', async () => {
  const flooders = await Promise.all(Array.from({ length: 50 }, () => tracker.connectPeer()));
  const prober = await tracker.connectPeer();
  const gained = { shareId: tracker.share.shareId, gained: [[1, 1]] };
  const answers: Answers = { done: 0, delaysMs: [] };
  const { processorMs } = await probeWhile(prober, async () => {
    for (const flooder of flooders) {
      send(flooder, answers, 'announce', announceOf(tracker.share));
      for (let i = 0; i < 60; i += 1) send(flooder, answers, 'announce', gained);
      await wait(10);
    }
    await vi.waitFor(() => expect(countAnswers(answers)).toBe(50 * 61), 5000);
    for (const { socket } of flooders) {
      for (let i = 0; i < 250; i += 1) socket.emit('announce', gained);
      await wait(20);
    }
    for (const { socket } of flooders) expect(await isClosedWithin(socket, 5000)).toBe(true);
  });
  expect(answers.done).toBeGreaterThanOrEqual(50 * 50);
  expect(answers.delaysMs.length).toBeGreaterThan(0);
  expect(Math.min(...answers.delaysMs)).toBeGreaterThan(0);
  expect(processorMs).toBeLessThan(3000);
  prober.socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T10; T27: of 50 connections of one address that go beyond their rates, most are closed after a few messages', async () => {
  const flooders = await Promise.all(Array.from({ length: 50 }, () => tracker.connectPeer()));
  const gained = { shareId: tracker.share.shareId, gained: [[1, 1]] };
  const answers: Answers = { done: 0, delaysMs: [] };
  for (const flooder of flooders) {
    for (let i = 0; i < 190; i += 1) send(flooder, answers, 'announce', gained);
  }
  const closed = await Promise.all(flooders.map(({ socket }) => isClosedWithin(socket, 5000)));
  // Each alone would be within its 200.
  expect(closed.filter(Boolean).length).toBeGreaterThanOrEqual(40);
  expect(answers.delaysMs.length).toBeLessThanOrEqual(1000);
  for (const { socket } of flooders) socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T17; T11: of 10,000 candidates the other peer gets no more than the rate, and the sender is closed', async () => {
  const [sender, receiver] = [await tracker.connectPeer(), await tracker.connectPeer()];
  for (const peer of [sender, receiver]) await peer.ask('announce', announceOf(tracker.share));
  const signal = { shareId: tracker.share.shareId, to: receiver.peerId, data: new Uint8Array(300) };
  for (let i = 0; i < 150; i += 1) await sender.ask('signal', signal);
  for (let i = 0; i < 10_000; i += 1) sender.socket.emit('signal', signal);
  expect(await isClosedWithin(sender.socket, 5000)).toBe(true);
  expect(receiver.received.length).toBeGreaterThanOrEqual(150);
  expect(receiver.received.length).toBeLessThan(600);
  expect(receiver.socket.connected).toBe(true);
  receiver.socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T17; T8: a signal of 9 KiB is refused, one of 8 KiB arrives whole', async () => {
  const [sender, receiver] = [await tracker.connectPeer(), await tracker.connectPeer()];
  for (const peer of [sender, receiver]) await peer.ask('announce', announceOf(tracker.share));
  const { shareId } = tracker.share;
  const ask = (length: number): Promise<unknown> =>
    sender.ask('signal', { shareId, to: receiver.peerId, data: new Uint8Array(length).fill(7) });
  expect(await ask(9 * 1024)).toEqual({ ok: false, code: 'invalid' });
  expect(await ask(8 * 1024)).toEqual({ ok: true });
  const data = Buffer.alloc(8 * 1024, 7);
  expect(receiver.received).toEqual([
    { event: 'signal', message: { shareId, from: sender.peerId, data } },
  ]);
  for (const { socket } of [sender, receiver]) socket.disconnect();
  await tracker.expectUnharmed();
});
