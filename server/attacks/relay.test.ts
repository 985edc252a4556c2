import { afterEach, beforeEach, expect, test } from 'vitest';

import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import { announceOf } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';

const RELAY = { urls: ['turn:t.example:3478'], secret: 'x'.repeat(32) };
const NOT_ANNOUNCED = { ok: false, code: 'not-announced' };

let nowMs = 0;
let tracker: AttackedTracker;
let share: AttackedTracker['share'];

beforeEach(async () => {
  nowMs = 0;
  tracker = await startAttacked({
    trustProxyHops: 1,
    relay: RELAY,
    nowMs: () => nowMs,
    unixMs: () => 1_700_000_000_000,
  });
  share = tracker.share;
});

afterEach(() => tracker.stop());

async function join(address: string): Promise<TestPeer> {
  const peer = await tracker.connectPeer({ 'X-Forwarded-For': address });
  expect(await peer.ask('announce', announceOf(share))).toEqual({ ok: true });
  return peer;
}

function isGrant(answer: unknown): boolean {
  return JSON.stringify(answer).includes('credential');
}

async function ask(peer: TestPeer): Promise<unknown> {
  return peer.ask('relay', { shareId: share.shareId });
}

test('case T28; T24: whoever is not in the swarm is refused, and gets credentials once it is', async () => {
  const peer = await tracker.connectPeer();
  const other = await createSampleShare({ streamLength: 100 });
  expect(await ask(peer)).toEqual(NOT_ANNOUNCED);
  await peer.ask('find', { shareId: share.shareId });
  expect(await ask(peer)).toEqual(NOT_ANNOUNCED);
  await peer.ask('announce', announceOf(share));
  expect(await ask(peer)).toEqual({
    ok: true,
    urls: RELAY.urls,
    username: expect.stringMatching(/^1700003600:[\w-]{16}$/u),
    credential: expect.stringMatching(/^[\w+/]{27}=$/u),
    validForMs: 3_600_000,
  });
  expect(await peer.ask('relay', { shareId: other.shareId })).toEqual(NOT_ANNOUNCED);
  await peer.ask('leave', { shareId: share.shareId });
  expect(await ask(peer)).toEqual(NOT_ANNOUNCED);
  peer.socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T28; T24: a refused announce opens nothing', async () => {
  const peer = await tracker.connectPeer();
  const { header } = await createSampleShare({ streamLength: 100 });
  await peer.ask('announce', { ...announceOf(share), header: header.bytes });
  await peer.ask('announce', { shareId: share.shareId, gained: [[0, 1]] });
  expect(await ask(peer)).toEqual(NOT_ANNOUNCED);
});

test('case T28; T24: of a flood from one address 30 a minute are answered, and no other address waits', async () => {
  const flooders = [await join('192.0.2.9'), await join('192.0.2.9')];
  const answers: unknown[] = [];
  for (let i = 0; i < 20; i += 1) for (const peer of flooders) answers.push(await ask(peer));
  expect(answers.map(isGrant)).toEqual(Array.from({ length: 40 }, (_, i) => i < 30));
  const refused = { ok: false, code: 'rate-limited', retryAfterMs: 60_000 };
  expect(answers.slice(30)).toEqual(Array.from({ length: 10 }, () => refused));
  expect(await ask(await join('192.0.2.10'))).toMatchObject({ ok: true });
  const newcomer = await join('192.0.2.9');
  expect(await ask(newcomer)).toEqual(refused);
  nowMs = 60_000;
  expect(await ask(newcomer)).toMatchObject({ ok: true });
  for (const { socket } of [...flooders, newcomer]) socket.disconnect();
});

test('case T28; T24: asking before a join takes nothing from those who are in', async () => {
  const address = '192.0.2.9';
  const stranger = await tracker.connectPeer({ 'X-Forwarded-For': address });
  for (let i = 0; i < 40; i += 1) expect(await ask(stranger)).toEqual(NOT_ANNOUNCED);
  expect(await ask(await join(address))).toMatchObject({ ok: true });
});

test('T24: a tracker without a TURN server says so', async () => {
  const bare = await startAttacked();
  const peer = await bare.connectPeer();
  const { shareId } = bare.share;
  await peer.ask('announce', announceOf(bare.share));
  expect(await peer.ask('relay', { shareId })).toEqual({ ok: false, code: 'unavailable' });
  await bare.stop();
});
