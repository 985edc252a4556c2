import { beforeEach, expect, test } from 'vitest';

import { RelayKeeper } from './relay-keeper.ts';

const HOUR_MS = 3_600_000;

let nowMs: number;
let keeper: RelayKeeper;
/** The tracker's answers to come; nothing once they are used up. */
let answers: unknown[];
let askedCount: number;

beforeEach(() => {
  nowMs = 1e12;
  keeper = new RelayKeeper(() => nowMs);
  keeper.isOffered = true;
  answers = [];
  askedCount = 0;
});

const relays = () =>
  keeper.relays(async () => {
    askedCount += 1;
    return answers.shift();
  });

function grant(username: string, fields: object = {}) {
  const urls = ['turn:t.example:3478'];
  return { ok: true, urls, username, credential: 'c', validForMs: HOUR_MS, ...fields };
}

function serverOf(username: string) {
  return { urls: ['turn:t.example:3478'], username, credential: 'c' };
}

test('T25: nothing is asked, and nobody waits, where the tracker has none to give', () => {
  keeper.isOffered = false;
  expect(relays()).toEqual([]);
  expect(askedCount).toBe(0);
});

test('T25: it is asked for when it is first needed, once for all who wait, and then kept', async () => {
  answers = [grant('a')];
  const [one, other] = [relays(), relays()];
  expect(one).toBeInstanceOf(Promise);
  expect(await Promise.all([one, other])).toEqual([[serverOf('a')], [serverOf('a')]]);
  nowMs += HOUR_MS * 0.9 - 1;
  expect(relays()).toEqual([serverOf('a')]);
  expect(askedCount).toBe(1);
});

test('T25: it is asked for anew before it ends, and what holds is used meanwhile', async () => {
  answers = [grant('a'), grant('b')];
  await relays();
  nowMs += HOUR_MS * 0.9;
  expect(relays()).toEqual([serverOf('a')]);
  expect(relays()).toEqual([serverOf('a')]);
  await expect.poll(relays).toEqual([serverOf('b')]);
  expect(askedCount).toBe(2);
});

test('T25: what has ended is not used, also where the clock was set back', async () => {
  answers = [grant('a'), grant('b'), grant('c')];
  await relays();
  nowMs += HOUR_MS;
  expect(await relays()).toEqual([serverOf('b')]);
  nowMs -= 1;
  expect(await relays()).toEqual([serverOf('c')]);
});

test('case T28; T25: who is refused goes on without, and asks no sooner than it was told', async () => {
  answers = [{ ok: false, code: 'rate-limited', retryAfterMs: 40_000 }, grant('a')];
  expect(await relays()).toEqual([]);
  nowMs += 39_999;
  expect(relays()).toEqual([]);
  expect(askedCount).toBe(1);
  nowMs += 1;
  expect(await relays()).toEqual([serverOf('a')]);
});

test.each([
  ['no answer', undefined],
  ['a refusal', { ok: false, code: 'not-announced' }],
  ['a code that does not exist', { ok: false, code: 'x' }],
  ['a server that is none', grant('a', { urls: ['stun:t.example'] })],
  ['no end', grant('a', { validForMs: 1e12 })],
])('T15, T25: %s means none, for ten seconds', async (_, answer) => {
  answers = [answer, grant('b')];
  expect(await relays()).toEqual([]);
  nowMs += 9999;
  expect(relays()).toEqual([]);
  nowMs += 1;
  expect(await relays()).toEqual([serverOf('b')]);
});
