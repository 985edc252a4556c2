import { afterEach, beforeEach, expect, test } from 'vitest';

import { signCopyTarget } from '../../shared/share/copy-target.ts';
import { NEVER_MS, signShareEnd } from '../../shared/share/share-end.ts';
import { MAX_ATTACHMENTS } from '../gateway/gateway-limits.ts';
import { announceOf } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import {
  closeOf,
  nextMessage,
  startAttacked,
  TRACKER_EVENTS,
} from './attacked-tracker.test-helper.ts';

let tracker: AttackedTracker;
/** The sharer's word that the share does not end. */
let end: Uint8Array;
/** The sharer's word on how many copies there are to be. */
let target: Uint8Array;

beforeEach(async () => {
  let clockMs = 0;
  // Each look at the clock gives enough tokens for another message.
  tracker = await startAttacked({ nowMs: () => (clockMs += 100) });
  const { shareId, signingKeys } = tracker.share;
  target = await signCopyTarget(signingKeys.privateKey, shareId, { copies: 2, serial: 1 });
  end = await signShareEnd(signingKeys.privateKey, shareId, { endAtMs: NEVER_MS, serial: 1 });
});

afterEach(() => tracker.stop());

const INVALID_ANSWER = { ok: false, code: 'invalid' };
const INVALID = JSON.stringify([INVALID_ANSWER]);

function validOf(event: (typeof TRACKER_EVENTS)[number]): Record<string, unknown> {
  const { shareId } = tracker.share;
  const to = shareId;
  if (event === 'announce') {
    return { ...announceOf(tracker.share, 1), role: 'sharer', holderId: shareId, target };
  }
  if (event === 'end') return { shareId, header: tracker.share.header.bytes, end };
  if (event === 'volunteer') return { freeBytes: 1, heldBytes: 1 };
  if (event === 'unload') return { bytes: 1 };
  if (event === 'distrust') return { shareId, peerId: to };
  return event === 'signal' ? { shareId, to, data: new Uint8Array(4) } : { shareId };
}

/** Fields that a message may leave out. */
const OPTIONAL = new Set(['holderId', 'target', 'heldBytes']);
/** Fields for which 0 is as right as any other number. */
const MAY_BE_ZERO = new Set(['freeBytes', 'heldBytes']);

/** What no field takes, whatever its kind; but for 0. */
const WRONG_VALUES = flatten([
  [null, true, false, 0, -1, 0.5, 2 ** 53, -(2 ** 53), 1e308, '', ' ', 'x', 'member\u0000'],
  ['x'.repeat(30_000), [], [[]], {}, { length: 22 }, { '0': 1 }, { toString: 1 }],
  [new Uint8Array(0), new Uint8Array(9000)],
]);
const WRONG_GAINS = flatten([
  [[[]], [[0]], [[0, 1, 2]], [[1, 0]], [[-1, 0]], [[0, 65_536]], [[0.5, 1]], [['0', '1']]],
  [[[0, 2 ** 53]], [[0, 1e308]], [[null, null]], [[0, 1], null], [{ '0': 0, '1': 1 }]],
  [Array.from({ length: 257 }, () => [0, 0]), Array.from({ length: 2 }, () => [0, 65_535])],
]);

function flatten(rows: readonly (readonly unknown[])[]): unknown[] {
  return rows.flat();
}

/** More binary fields than any message has close the connection: attachments.test.ts. */
function countBinary(message: Record<string, unknown>): number {
  return Object.values(message).filter((value) => value instanceof Uint8Array).length;
}

test.each(TRACKER_EVENTS)(
  'case T6; T10: %s with any wrong value in any field is refused',
  async (event) => {
    const peer = await tracker.connectPeer();
    const valid = validOf(event);
    for (const field of Object.keys(valid)) {
      for (const value of WRONG_VALUES) {
        if (countBinary({ ...valid, [field]: value }) > MAX_ATTACHMENTS) continue;
        if (value === 0 && MAY_BE_ZERO.has(field)) continue;
        const answer = await peer.ask(event, { ...valid, [field]: value });
        expect({ field, value, answer }).toMatchObject({ answer: INVALID_ANSWER });
      }
      const { [field]: _, ...without } = valid;
      const answer = await peer.ask(event, without);
      if (!OPTIONAL.has(field)) expect({ field, answer }).toMatchObject({ answer: INVALID_ANSWER });
      expect(await peer.ask(event, { ...valid, [`${field}s`]: 1 })).toMatchObject({
        code: 'invalid',
      });
    }
    peer.socket.disconnect();
    await tracker.expectUnharmed();
  },
);

test('case T6; T10: a volunteer withdraws with one word and no other field', async () => {
  const peer = await tracker.connectPeer();
  for (const withdraw of WRONG_VALUES.filter((value) => value !== true)) {
    const answer = await peer.ask('volunteer', { withdraw });
    expect({ withdraw, answer }).toMatchObject({ answer: INVALID_ANSWER });
  }
  for (const further of [{ freeBytes: 1 }, { heldBytes: 1 }, { shareId: tracker.share.shareId }]) {
    expect(await peer.ask('volunteer', { withdraw: true, ...further })).toEqual(INVALID_ANSWER);
  }
  peer.socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T6; T10: an announce of gains with any wrong range is refused', async () => {
  const peer = await tracker.connectPeer();
  const { shareId } = tracker.share;
  for (const gained of [...WRONG_VALUES, ...WRONG_GAINS]) {
    const answer = await peer.ask('announce', { shareId, gained });
    expect({ gained, answer }).toMatchObject({ answer: INVALID_ANSWER });
  }
  peer.socket.disconnect();
  await tracker.expectUnharmed();
});

test('case T6; T10: a text of one megabyte closes the connection', async () => {
  const socket = await tracker.joinRaw();
  socket.send(`42["find",{"shareId":"${'x'.repeat(1_000_000)}"}]`);
  expect(await closeOf(socket)).toBe(1009);
  await tracker.expectUnharmed();
});

const DEPTH = 10_000;
const NESTS = [
  ['arrays', `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`],
  ['objects', `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`],
] as const;

test.each(NESTS)(
  'case T3; T10: %s nested 10,000 deep are refused in any event',
  async (_, nest) => {
    const socket = await tracker.joinRaw();
    const { shareId } = tracker.share;
    for (const [id, event] of TRACKER_EVENTS.entries()) {
      for (const payload of [nest, `{"shareId":${nest}}`]) {
        const answer = nextMessage(socket, `43${id}[`);
        socket.send(`42${id}["${event}",${payload}]`);
        expect(await answer).toBe(`43${id}${INVALID}`);
      }
      const answer = nextMessage(socket, `43${id}[`);
      socket.send(`42${id}["${event}",{"shareId":"${shareId}","a":${nest}}]`);
      expect(await answer).toBe(`43${id}${INVALID}`);
    }
    socket.close();
    await tracker.expectUnharmed();
  },
);

test.each(NESTS)(
  'case T3; T10: %s nested 10,000 deep beside an attachment end nothing',
  async (_, nest) => {
    const socket = await tracker.joinRaw();
    socket.send(`451-["find",${nest}]`);
    socket.send(new Uint8Array(4));
    socket.send('41');
    await closeOf(socket);
    await tracker.expectUnharmed();
  },
);

test.each(TRACKER_EVENTS)(
  'case T3; T10: %s with names of the prototype is refused',
  async (event) => {
    const socket = await tracker.joinRaw();
    const { shareId } = tracker.share;
    for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      for (const value of ['{"polluted":1}', '{"prototype":{"polluted":1}}', '1']) {
        const answer = nextMessage(socket, '437');
        socket.send(`427["${event}",{"shareId":"${shareId}","${name}":${value}}]`);
        expect(await answer).toBe(`437${INVALID}`);
      }
    }
    socket.send(`451-["${event}",{"__proto__":{"polluted":{"_placeholder":true,"num":0}}}]`);
    socket.send(new Uint8Array(4));
    socket.close();
    await tracker.expectUnharmed();
  },
);
