import * as v from 'valibot';
import { expect, test } from 'vitest';

import { encodeBase64Url } from '../share/base64url.ts';
import { relayAnswerSchema } from './relay.ts';
import { welcomeSchema } from './welcome.ts';

const welcome = {
  version: 1,
  peerId: encodeBase64Url(new Uint8Array(16)),
  iceServers: [],
  announceIntervalMs: 120_000,
};
const grant = {
  ok: true,
  urls: ['turn:turn.example:3478'],
  username: '1700003600:x',
  credential: 'c',
  validForMs: 3_600_000,
};

function isTaken(fields: object): boolean {
  return v.safeParse(relayAnswerSchema, { ...grant, ...fields }).success;
}

function listUrls(count: number): string[] {
  return Array.from({ length: count }, () => 'turn:t.example');
}

test('T24: a welcome says whether there is any, or nothing of it', () => {
  for (const hasRelay of [true, false]) {
    const parsed = v.safeParse(welcomeSchema, { ...welcome, hasRelay });
    expect(parsed).toMatchObject({ success: true, output: { hasRelay } });
  }
  for (const hasRelay of [undefined, null, 1, 'true']) {
    expect(v.safeParse(welcomeSchema, { ...welcome, hasRelay }).success).toBe(false);
  }
});

test.each([
  'turn:turn.example',
  'turn:203.0.113.1:3478?transport=udp',
  'turns:turn-1.example:443?transport=tcp',
  'turn:[2001:db8::1]:65535',
])('T24: the use of a relay is of a TURN server: %s', (url) => {
  expect(isTaken({ urls: [url] })).toBe(true);
});

test.each([
  'stun:stun.example:3478',
  'turn:turn.example:0',
  'turn:turn.example:65536',
  'turn:turn.example?transport=sctp',
  'turn:turn.example?transport=udp&x=1',
  'turn:u@turn.example',
  'turn://turn.example',
  'turn:2001:db8::1',
  'turn:.example',
  'TURN:turn.example',
  'turn:turn.example,turn:b.example',
])('T24: the use of a relay is of nothing else: %s', (url) => {
  expect(isTaken({ urls: [url] })).toBe(false);
});

test('T24: the use of a relay lasts a minute to a day, and has eight addresses at most', () => {
  expect([60_000, 86_400_000].every((validForMs) => isTaken({ validForMs }))).toBe(true);
  expect([59_999, 86_400_001].some((validForMs) => isTaken({ validForMs }))).toBe(false);
  expect([8, 9].map((count) => isTaken({ urls: listUrls(count) }))).toEqual([true, false]);
});
