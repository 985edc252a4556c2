import { setTimeout as wait } from 'node:timers/promises';

import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { encodeBase64Url } from '../../shared/share/base64url.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import { announceOf } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { startAttacked } from './attacked-tracker.test-helper.ts';

const DAY_MS = 86_400_000;
const EXPIRY_CHECK_MS = 5;

let tracker: AttackedTracker;

beforeEach(async () => {
  tracker = await startAttacked({
    expiryCheckMs: EXPIRY_CHECK_MS,
    trustProxyHops: 1,
    addressLimits: { unknownSharesPerMinute: 1 },
  });
});

afterEach(async () => {
  vi.useRealTimers();
  await tracker.stop();
});

test.each([
  ['forward', DAY_MS],
  ['back', -DAY_MS],
])(
  'case T26; T9, T11, T12: the wall clock is set %s by a day, and nothing ends or begins',
  async (_, byMs) => {
    const connect = (): Promise<TestPeer> =>
      tracker.connectPeer({ 'X-Forwarded-For': '192.0.2.9' });
    const [member, busy, guesser] = [await connect(), await connect(), await connect()];
    const peers = [member, busy, guesser];
    const { shareId } = tracker.share;
    const unknown = { shareId: encodeBase64Url(new Uint8Array(16)) };
    await member.ask('announce', announceOf(tracker.share, 2));
    await guesser.ask('find', unknown);
    await Promise.all(Array.from({ length: 50 }, () => busy.ask('leave', { shareId })));

    for (const { socket } of peers) ignoreWallClock(socket);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + byMs });
    await wait(10 * EXPIRY_CHECK_MS);

    expect(await member.ask('announce', { shareId, gained: [[3, 3]] })).toEqual({ ok: true });
    const guessed = await guesser.ask('find', unknown);
    expect(guessed).toMatchObject({ code: 'rate-limited' });
    expect(Reflect.get(Object(guessed), 'retryAfterMs')).toBeLessThanOrEqual(60_000);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => busy.ask('leave', { shareId })),
    );
    expect(
      answers.filter((answer) => JSON.stringify(answer) === '{"ok":true}').length,
    ).toBeLessThan(15);
    for (const answer of answers.slice(15)) {
      expect(answer).toMatchObject({ code: 'rate-limited' });
      expect(Reflect.get(Object(answer), 'retryAfterMs')).toBeLessThanOrEqual(100);
    }
    vi.useRealTimers();
    for (const { socket } of peers) socket.disconnect();
    await tracker.expectUnharmed();
  },
);

/** Engine.IO's client, unlike its server, goes by the wall clock for its heartbeat. */
function ignoreWallClock(socket: Socket): void {
  Reflect.set(socket.io.engine, '_pingTimeoutTime', Infinity);
}
