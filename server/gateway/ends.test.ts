import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { AT_ONCE_MS, NEVER_MS, signShareEnd } from '../../shared/share/share-end.ts';
import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { RunningTracker } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';
import type { TestPeer } from './test-peer.test-helper.ts';
import { announceOf, connectPeer } from './test-peer.test-helper.ts';

const OK = { ok: true };
const INVALID = { ok: false, code: 'invalid' };
const NOON_MS = 1_800_000_000_000;
const EXPIRY_CHECK_MS = 20;

const share = await createSampleShare({ streamLength: 10 * 65_536 });
const other = await createSampleShare({ streamLength: 10 * 65_536 });
const about = { shareId: share.shareId };
const clock = { nowMs: NOON_MS };

let tracker: RunningTracker;
let peers: TestPeer[] = [];

beforeEach(async () => {
  clock.nowMs = NOON_MS;
  tracker = await startTracker({
    host: '127.0.0.1',
    unixMs: () => clock.nowMs,
    expiryCheckMs: EXPIRY_CHECK_MS,
  });
});

afterEach(async () => {
  for (const { socket } of peers) socket.disconnect();
  peers = [];
  await tracker.close();
});

async function connect(): Promise<TestPeer> {
  const peer = await connectPeer(tracker.url);
  peers.push(peer);
  return peer;
}

async function join(): Promise<TestPeer> {
  const peer = await connect();
  expect(await peer.ask('announce', announceOf(share, 1))).toEqual(OK);
  return peer;
}

async function sign(endAtMs: number, serial = 1, by: SampleShare = share): Promise<Uint8Array> {
  return signShareEnd(by.signingKeys.privateKey, share.shareId, { endAtMs, serial });
}

function messageOf(end: Uint8Array, of: SampleShare = share) {
  return { shareId: share.shareId, header: of.header.bytes, end };
}

/** What a peer was told, as bytes. */
function told(peer: TestPeer): unknown[] {
  return peer.received
    .filter(({ event }) => event === 'end')
    .map(({ message }) => Uint8Array.from(Reflect.get(Object(message), 'end')));
}

async function expectEnded(peer: TestPeer, end: Uint8Array): Promise<void> {
  for (const [event, message] of [
    ['find', about],
    ['announce', announceOf(share, 1)],
    ['announce', { ...about, gained: [[2, 2]] }],
  ] as const) {
    const answer = await peer.ask(event, message);
    expect(answer).toMatchObject({ ok: false, code: 'ended' });
    expect(Uint8Array.from(Reflect.get(Object(answer), 'end'))).toEqual(end);
  }
}

describe('the end of a share', () => {
  test('T34: is told to everybody in the swarm, and to whoever finds the share', async () => {
    const [sharer, member, stranger] = [await join(), await join(), await connect()];
    const end = await sign(NOON_MS + 1000);
    expect(await sharer.ask('end', messageOf(end))).toEqual(OK);
    await vi.waitFor(() => expect(told(member)).toEqual([end]));
    const found = await stranger.ask('find', about);
    expect(found).toMatchObject({ ok: true, holderCount: 2 });
    expect(Uint8Array.from(Reflect.get(Object(found), 'end'))).toEqual(end);
    expect([told(sharer), told(stranger)]).toEqual([[], []]);
    expect(await stranger.ask('announce', announceOf(share))).toEqual(OK);
  });

  test('T35: refuses everybody once it has come, and the proof comes with the refusal', async () => {
    const [sharer, member] = [await join(), await join()];
    const end = await sign(NOON_MS + 1000);
    await sharer.ask('end', messageOf(end));
    clock.nowMs += 999;
    expect(await member.ask('find', about)).toMatchObject({ ok: true });
    clock.nowMs += 1;
    await expectEnded(await connect(), end);
    await expectEnded(member, end);
    await vi.waitFor(async () => {
      const health: unknown = await (await fetch(`${tracker.url}/healthz`)).json();
      expect(health).toMatchObject({ swarms: 0, holdings: 0 });
    });
    const signal = { ...about, to: sharer.peerId, data: new Uint8Array(1) };
    expect(await member.ask('signal', signal)).toMatchObject({ code: 'undeliverable' });
  });

  test('T34, T35: at once is at once, and volunteers are released', async () => {
    const sharer = await join();
    const volunteer = await connect();
    await volunteer.ask('volunteer', { freeBytes: 1e9 });
    const kept = { ...announceOf(share, 1), role: 'volunteer' };
    expect(await volunteer.ask('announce', kept)).toEqual(OK);
    const end = await sign(AT_ONCE_MS);
    expect(await sharer.ask('end', messageOf(end))).toEqual(OK);
    await vi.waitFor(() =>
      expect(volunteer.received).toContainEqual({ event: 'release', message: about }),
    );
    expect(await volunteer.ask('announce', kept)).toMatchObject({ code: 'ended' });
    await expectEnded(sharer, end);
  });

  test('T35: nobody who announced just before it stays behind in the swarm', async () => {
    const [sharer, late] = [await connect(), await connect()];
    const end = await sign(AT_ONCE_MS);
    // Neither answer is waited for: both are being checked at once.
    const ending = sharer.ask('end', messageOf(end));
    const announcing = late.ask('announce', announceOf(share, 1));
    expect(await ending).toEqual(OK);
    await announcing;
    await vi.waitFor(async () => {
      const health: unknown = await (await fetch(`${tracker.url}/healthz`)).json();
      expect(health).toMatchObject({ swarms: 0, holdings: 0 });
    });
  });

  test('T34, T36: is taken from anybody, also while nobody is in the swarm', async () => {
    const end = await sign(AT_ONCE_MS);
    expect(await (await connect()).ask('end', messageOf(end))).toEqual(OK);
    await expectEnded(await connect(), end);
  });

  test('T34: can be moved and taken back by a later word of the sharer', async () => {
    const sharer = await join();
    await sharer.ask('end', messageOf(await sign(NOON_MS + 1000, 1)));
    await sharer.ask('end', messageOf(await sign(NEVER_MS, 2)));
    clock.nowMs += 10_000;
    expect(await sharer.ask('find', about)).toMatchObject({ ok: true });
    await sharer.ask('end', messageOf(await sign(AT_ONCE_MS, 3)));
    expect(await sharer.ask('find', about)).toMatchObject({ code: 'ended' });
  });
});

describe('nobody but the sharer ends a share', () => {
  test.each<[string, () => Promise<object>]>([
    ['another key', async () => messageOf(await sign(AT_ONCE_MS, 1, other))],
    ['another header', async () => messageOf(await sign(AT_ONCE_MS, 1, other), other)],
    [
      'the word on another share',
      async () => {
        const { privateKey } = share.signingKeys;
        const word = { endAtMs: AT_ONCE_MS, serial: 1 };
        return messageOf(await signShareEnd(privateKey, other.shareId, word));
      },
    ],
    ['a bit changed', async () => messageOf((await sign(AT_ONCE_MS)).with(11, 9))],
    ['a byte less', async () => messageOf((await sign(AT_ONCE_MS)).slice(1))],
    ['no header', async () => ({ ...about, end: await sign(AT_ONCE_MS) })],
    ['a stray field', async () => ({ ...messageOf(await sign(AT_ONCE_MS)), role: 'sharer' })],
    ['a text', async () => ({ ...messageOf(await sign(AT_ONCE_MS)), end: 'now' })],
  ])('T34: by %s', async (_, make) => {
    const member = await join();
    const attacker = await join();
    expect(await attacker.ask('end', await make())).toEqual(INVALID);
    expect(await member.ask('find', about)).toMatchObject({ ok: true });
    expect(told(member)).toEqual([]);
  });

  test('T34: by an older word that is played again', async () => {
    const [sharer, attacker] = [await join(), await join()];
    const old = await sign(AT_ONCE_MS, 1);
    const later = await sign(NEVER_MS, 2);
    expect(await sharer.ask('end', messageOf(later))).toEqual(OK);
    expect(await attacker.ask('end', messageOf(old))).toEqual(OK);
    expect(await attacker.ask('find', about)).toMatchObject({ ok: true });
    // Nor does the same word again reach anybody.
    expect(await attacker.ask('end', messageOf(later))).toEqual(OK);
    await vi.waitFor(() => expect(told(attacker)).toEqual([later]));
    expect(told(sharer)).toEqual([]);
  });
});

test('T34: one address brings so many ends a minute, of however many shares, and others go on', async () => {
  await tracker.close();
  tracker = await startTracker({
    host: '127.0.0.1',
    trustProxyHops: 1,
    addressLimits: { endsPerMinute: 3 },
  });
  const flooder = await connectPeer(tracker.url, { 'X-Forwarded-For': '192.0.2.1' });
  const honest = await connectPeer(tracker.url, { 'X-Forwarded-For': '192.0.2.2' });
  peers.push(flooder, honest);
  const answers: unknown[] = [];
  for (let serial = 1; serial <= 4; serial += 1) {
    answers.push(await flooder.ask('end', messageOf(await sign(NEVER_MS, serial))));
  }
  expect(answers.slice(0, 3)).toEqual([OK, OK, OK]);
  expect(answers[3]).toMatchObject({ ok: false, code: 'rate-limited' });
  expect(await honest.ask('end', messageOf(await sign(NEVER_MS, 5)))).toEqual(OK);
});
