import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

import { encodeBase64Url } from '../share/base64url.ts';
import { announceSchema } from './announce.ts';
import { declineSchema } from './decline.ts';
import { distrustSchema } from './distrust.ts';
import { drainingSchema } from './draining.ts';
import { findAnswerSchema, findSchema } from './find.ts';
import { leaveSchema } from './leave.ts';
import { relayAnswerSchema, relaySchema } from './relay.ts';
import { doneSchema } from './refusal.ts';
import { releaseSchema, replicateSchema } from './replicate.ts';
import { relayedSignalSchema, signalSchema } from './signal.ts';
import { unloadAnswerSchema, unloadSchema } from './unload.ts';
import { volunteerSchema } from './volunteer.ts';
import { welcomeSchema } from './welcome.ts';

const shareId = encodeBase64Url(new Uint8Array(16).fill(7));
const peerId = encodeBase64Url(new Uint8Array(16).fill(9));
const header = new Uint8Array(300);
const bitfield = new Uint8Array(2);
const data = new Uint8Array([1, 2, 3]);

const whole = { shareId, role: 'member', header, bitfield };
const gained = {
  shareId,
  gained: [
    [0, 0],
    [2, 65_535],
  ],
};
const find = { shareId };
const signal = { shareId, to: peerId, data };
const welcome = {
  version: 1,
  peerId,
  iceServers: [{ urls: ['stun:stun.example:3478'], username: 'u', credential: 'c' }],
  announceIntervalMs: 120_000,
};
const grant = {
  ok: true,
  urls: ['turn:turn.example:3478', 'turns:turn.example:443?transport=tcp'],
  username: '1700003600:x',
  credential: 'c',
  validForMs: 3_600_000,
};
const found = {
  ok: true,
  header,
  seederCount: 1,
  holderCount: 2,
  peerIds: [peerId],
  bitfields: bitfield,
};

const VALID: readonly [string, v.GenericSchema, Record<string, unknown>][] = [
  ['announce', announceSchema, whole],
  ['announce of gains', announceSchema, gained],
  ['find', findSchema, find],
  ['signal', signalSchema, signal],
  ['relay', relaySchema, find],
  ['leave', leaveSchema, find],
  ['offer', volunteerSchema, { freeBytes: 2 ** 40 }],
  ['withdrawal', volunteerSchema, { withdraw: true }],
  ['unload', unloadSchema, { bytes: 1 }],
  ['decline', declineSchema, find],
  ['distrust', distrustSchema, { shareId, peerId }],
];

/** Fields that may be missing. */
const OPTIONAL: readonly [string, v.GenericSchema, Record<string, unknown>, object][] = [
  ['announce', announceSchema, whole, { holderId: peerId }],
  ['announce', announceSchema, whole, { target: new Uint8Array(69) }],
  ['offer', volunteerSchema, { freeBytes: 0 }, { heldBytes: 2 ** 40 }],
  ['distrust', distrustSchema, { shareId, peerId }, { signature: new Uint8Array(64) }],
  ['found', findAnswerSchema, found, { volunteerCount: 1 }],
  ['found', findAnswerSchema, found, { volunteerHolderCount: 1 }],
];

const ANSWERS: readonly [string, v.GenericSchema, Record<string, unknown>][] = [
  ['welcome', welcomeSchema, welcome],
  ['found', findAnswerSchema, found],
  ['relay granted', relayAnswerSchema, grant],
  ['relayed signal', relayedSignalSchema, { shareId, from: peerId, data }],
  ['draining', drainingSchema, { retryAfterMs: 30_000 }],
  [
    'replicate',
    replicateSchema,
    {
      shareId,
      header,
      target: new Uint8Array(69),
      pieces: gained.gained,
      deadlineMs: 30_000,
    },
  ],
  ['release', releaseSchema, find],
  ['unloaded', unloadAnswerSchema, { ok: true, drops: [{ shareId, pieces: [[0, 1]] }] }],
];

const RUBBISH: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  -1,
  2 ** 53,
  1e308,
  0.5,
  '',
  'x'.repeat(100_000),
  true,
  [],
  {},
  [[]],
  [null],
  new Uint8Array(300_000),
  new Uint16Array(2),
  () => {},
  JSON.parse('{"__proto__":{"polluted":1}}'),
];

/** A welcome may name no server, and there may be nothing to drop. */
function isFine(field: string, value: unknown): boolean {
  return ['iceServers', 'drops'].includes(field) && Array.isArray(value) && value.length === 0;
}

describe('every message', () => {
  test.each([...VALID, ...ANSWERS])('%s: is taken as it should be', (_, schema, message) => {
    expect(v.safeParse(schema, message)).toMatchObject({ success: true, output: message });
  });

  test.each([...VALID, ...ANSWERS])(
    'T10, T15: %s: no field may be rubbish',
    (_, schema, message) => {
      const taken = Object.keys(message).flatMap((field) =>
        RUBBISH.filter((value) => !isFine(field, value) && value !== message[field])
          .filter((value) => v.safeParse(schema, { ...message, [field]: value }).success)
          .map((value) => [field, typeof value]),
      );
      expect(taken).toEqual([]);
      expect({}).not.toHaveProperty('polluted');
    },
  );

  test.each([...VALID, ...ANSWERS])(
    'T10, T15: %s: no field may be missing',
    (_, schema, message) => {
      const isTakenWithout = (field: string): boolean => {
        const rest = Object.entries(message).filter(([key]) => key !== field);
        return v.safeParse(schema, Object.fromEntries(rest)).success;
      };
      expect(Object.keys(message).filter(isTakenWithout)).toEqual([]);
    },
  );

  test.each([...VALID, ...ANSWERS])(
    'T10, T15: %s: rubbish in its place is refused',
    (_, schema) => {
      for (const value of RUBBISH) expect(v.safeParse(schema, value).success).toBe(false);
    },
  );

  test.each(OPTIONAL)(
    'T10, T15: %s: what may be missing is not rubbish',
    (_, schema, message, optional) => {
      const isTaken = (value: object): boolean => v.safeParse(schema, value).success;
      expect(isTaken({ ...message, ...optional })).toBe(true);
      const [field = ''] = Object.keys(optional);
      const rubbish = RUBBISH.filter((value) => value !== undefined);
      expect(rubbish.filter((value) => isTaken({ ...message, [field]: value }))).toEqual([]);
    },
  );

  test('T10: an offer is not a withdrawal at the same time', () => {
    expect(v.safeParse(volunteerSchema, { freeBytes: 1, withdraw: true }).success).toBe(false);
    expect(v.safeParse(volunteerSchema, { withdraw: false }).success).toBe(false);
  });

  test.each(VALID)(
    'T10: %s: the tracker takes no field that it does not know',
    (_, schema, message) => {
      expect(v.safeParse(schema, { ...message, extra: 1 }).success).toBe(false);
    },
  );

  test.each(ANSWERS)('T15: %s: a page ignores what a later tracker adds', (_, schema, message) => {
    expect(v.safeParse(schema, { ...message, extra: 1 })).toMatchObject({
      success: true,
      output: message,
    });
  });
});

describe('binary fields', () => {
  test.each([
    ['a part of a larger buffer', new Uint8Array([0, 1, 2, 3, 0]).subarray(1, 4)],
    ['an ArrayBuffer', new Uint8Array([1, 2, 3]).buffer],
  ])('%s becomes bytes of its own', (_, binary) => {
    const parsed = v.parse(signalSchema, { ...signal, data: binary });
    expect(parsed.data).toEqual(data);
    expect(parsed.data.buffer).not.toBe(binary instanceof ArrayBuffer ? binary : binary.buffer);
    expect(parsed.data.buffer.byteLength).toBe(3);
  });

  test.each([
    ['header', announceSchema, whole, 1024],
    ['bitfield', announceSchema, whole, 8192],
    ['data', signalSchema, signal, 8192],
  ])('%s may be as long as its limit and no longer', (field, schema, message, limit) => {
    const of = (length: number) => ({ ...message, [field]: new Uint8Array(length) });
    expect(v.safeParse(schema, of(limit)).success).toBe(true);
    expect(v.safeParse(schema, of(limit + 1)).success).toBe(false);
    expect(v.safeParse(schema, of(0)).success).toBe(false);
  });
});

function parseRanges(ranges: unknown) {
  return v.safeParse(announceSchema, { shareId, gained: ranges });
}

function singleRanges(count: number): number[][] {
  return Array.from({ length: count }, (_, i) => [2 * i, 2 * i]);
}

describe('gained ranges', () => {
  test('T5: 256 at most', () => {
    expect(parseRanges(singleRanges(256)).success).toBe(true);
    expect(parseRanges(singleRanges(257)).success).toBe(false);
    expect(parseRanges([]).success).toBe(false);
  });

  test.each([
    ['backwards', [[2, 1]]],
    ['beyond the last possible piece', [[0, 65_536]]],
    ['negative', [[-1, 0]]],
    ['of one number', [[1]]],
    ['of three numbers', [[1, 2, 3]]],
    [
      'together more pieces than there can be',
      [
        [0, 65_535],
        [0, 0],
      ],
    ],
  ])('%s is refused', (_, ranges) => {
    expect(parseRanges(ranges).success).toBe(false);
  });
});

function isFound(fields: object): boolean {
  return v.safeParse(findAnswerSchema, { ...found, ...fields }).success;
}

function createIds(count: number): string[] {
  return Array.from({ length: count }, (_, i) => encodeBase64Url(new Uint8Array(16).fill(i)));
}

describe('an answer to find', () => {
  test('T6: packs one bitfield a peer, and none where there is no peer', () => {
    const peerIds = [peerId, encodeBase64Url(new Uint8Array(16))];
    expect(isFound({ peerIds, bitfields: new Uint8Array(6) })).toBe(true);
    expect(isFound({ peerIds, bitfields: new Uint8Array(5) })).toBe(false);
    expect(isFound({ peerIds, bitfields: new Uint8Array(0) })).toBe(false);
    expect(isFound({ peerIds: [], bitfields: new Uint8Array(0) })).toBe(true);
    expect(isFound({ peerIds: [], bitfields: new Uint8Array(1) })).toBe(false);
  });

  test('T6: names no more volunteers than peers', () => {
    expect(isFound({ volunteerCount: 1 })).toBe(true);
    expect(isFound({ volunteerCount: 2 })).toBe(false);
  });

  test('T6: names each peer once, and 30 at most', () => {
    expect(isFound({ peerIds: [peerId, peerId] })).toBe(false);
    expect(isFound({ peerIds: createIds(30), bitfields: new Uint8Array(30) })).toBe(true);
    expect(isFound({ peerIds: createIds(31), bitfields: new Uint8Array(31) })).toBe(false);
  });
});

function isDone(answer: object): boolean {
  return v.safeParse(doneSchema, answer).success;
}

describe('refusals', () => {
  test('carry a known code and a delay of an hour at most', () => {
    expect(isDone({ ok: false, code: 'rate-limited', retryAfterMs: 100 })).toBe(true);
    expect(isDone({ ok: false, code: 'swarm-full' })).toBe(true);
    expect(isDone({ ok: false, code: 'nonsense' })).toBe(false);
    expect(isDone({ ok: false, code: 'rate-limited', retryAfterMs: 1e9 })).toBe(false);
    expect(isDone({ ok: 1 })).toBe(false);
  });
});
