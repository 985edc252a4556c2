import { describe, expect, test } from 'vitest';
import type { Bytes } from '../share/bytes.ts';
import { concatBytes } from '../share/bytes.ts';
import { decodeMessage, encodeMessage } from './codec.ts';
import type { Message } from './messages.ts';

const NAME = { piece: 1, block: 2 };
const FRAMES: Readonly<Record<Message['type'], Message>> = {
  hello: { type: 'hello', version: 1, role: 'member', nonce: new Uint8Array(32).fill(7) },
  auth: { type: 'auth', mac: new Uint8Array(32).fill(9) },
  bitfield: { type: 'bitfield', bitfield: Uint8Array.of(0xff, 0x80) },
  have: { type: 'have', pieces: [1] },
  request: { type: 'request', ...NAME },
  cancel: { type: 'cancel', ...NAME },
  reject: { type: 'reject', ...NAME },
  busy: { type: 'busy', ...NAME, retryAfterMs: 500 },
  audit: { type: 'audit', piece: 1, nonce: new Uint8Array(16).fill(5) },
  shown: { type: 'shown', piece: 1, digest: new Uint8Array(32).fill(6) },
  lost: { type: 'lost', piece: 1 },
  strand: { type: 'strand', envelope: Uint8Array.of(1, 2) },
  block: { type: 'block', ...NAME, bytes: Uint8Array.of(3, 4, 5) },
};

/** The violation, or what the frame now says: a frame has no checksum, so the codec cannot know that it was another. */
function judge(frame: Bytes): string {
  const message = decodeMessage(frame);
  if (!message.ok) return message.violation;
  expect(encodeMessage(message.value)).toEqual(frame);
  const fields = Object.entries(message.value).map(([name, value]) => {
    return `${name} ${typeof value === 'object' ? value.join(' ') : value}`;
  });
  return fields.filter((field) => !field.startsWith('type ')).join(', ');
}

function change(type: Message['type'], at: number, value: number): Bytes {
  const frame = encodeMessage(FRAMES[type]);
  frame[at] = value;
  return frame;
}

describe('a frame with one field corrupted', () => {
  const SEVENS = Array<number>(31).fill(7).join(' ');
  const FIVES = Array<number>(15).fill(5).join(' ');
  const SIXES = Array<number>(31).fill(6).join(' ');
  const NINES = Array<number>(31).fill(9).join(' ');

  test.each([
    ['hello', 'type', 0, 0, 'unknown-type'],
    ['hello', 'type', 0, 2, 'wrong-length'],
    ['hello', 'version', 1, 255, `version 255, role member, nonce 7 ${SEVENS}`],
    ['hello', 'role', 2, 0, 'wrong-field'],
    ['hello', 'role', 2, 2, `version 1, role volunteer, nonce 7 ${SEVENS}`],
    ['hello', 'role', 2, 3, 'wrong-field'],
    ['hello', 'nonce', 3, 8, `version 1, role member, nonce 8 ${SEVENS}`],
    ['auth', 'type', 0, 255, 'unknown-type'],
    ['auth', 'proof', 1, 8, `mac 8 ${NINES}`],
    ['bitfield', 'type', 0, 4, 'wrong-length'],
    ['bitfield', 'bits', 2, 0xff, 'bitfield 255 255'],
    ['have', 'type', 0, 5, 'wrong-length'],
    ['have', 'piece', 1, 255, 'pieces 4278190081'],
    ['request', 'type', 0, 4, 'wrong-length'],
    ['request', 'type', 0, 8, 'wrong-length'],
    ['request', 'type', 0, 10, 'wrong-length'],
    ['request', 'type', 0, 14, 'unknown-type'],
    ['request', 'piece', 4, 255, 'piece 255, block 2'],
    ['request', 'block', 5, 255, 'piece 1, block 65282'],
    ['cancel', 'type', 0, 9, 'wrong-length'],
    ['cancel', 'block', 6, 0, 'piece 1, block 0'],
    ['reject', 'piece', 1, 128, 'piece 2147483649, block 2'],
    ['reject', 'block', 6, 255, 'piece 1, block 255'],
    ['busy', 'type', 0, 7, 'wrong-length'],
    ['busy', 'pause', 7, 255, 'piece 1, block 2, retryAfterMs 65524'],
    ['audit', 'type', 0, 11, 'wrong-length'],
    ['audit', 'piece', 1, 255, `piece 4278190081, nonce 5 ${FIVES}`],
    ['audit', 'nonce', 5, 6, `piece 1, nonce 6 ${FIVES}`],
    ['shown', 'type', 0, 10, 'wrong-length'],
    ['shown', 'piece', 4, 255, `piece 255, digest 6 ${SIXES}`],
    ['shown', 'digest', 5, 7, `piece 1, digest 7 ${SIXES}`],
    ['lost', 'type', 0, 4, 'pieces 1'],
    ['lost', 'piece', 4, 2, 'piece 2'],
    ['strand', 'type', 0, 14, 'unknown-type'],
    ['strand', 'envelope', 1, 3, 'envelope 3 2'],
    ['block', 'type', 0, 1, 'wrong-length'],
    ['block', 'piece', 1, 255, 'piece 4278190081, block 2, bytes 3 4 5'],
    ['block', 'block', 5, 255, 'piece 1, block 65282, bytes 3 4 5'],
    ['block', 'bytes', 9, 0, 'piece 1, block 2, bytes 3 4 0'],
  ] as const)('case P19; W2: %s, %s (byte %i becomes %i)', (type, _, at, value, verdict) => {
    expect(judge(change(type, at, value))).toBe(verdict);
  });

  test.each([
    ['hello', 'wrong-length', 'wrong-length'],
    ['auth', 'wrong-length', 'wrong-length'],
    ['bitfield', 'bitfield 255', 'bitfield 255 128 0'],
    ['have', 'wrong-length', 'wrong-length'],
    ['request', 'wrong-length', 'wrong-length'],
    ['cancel', 'wrong-length', 'wrong-length'],
    ['reject', 'wrong-length', 'wrong-length'],
    ['busy', 'wrong-length', 'wrong-length'],
    ['audit', 'wrong-length', 'wrong-length'],
    ['shown', 'wrong-length', 'wrong-length'],
    ['lost', 'wrong-length', 'wrong-length'],
    ['block', 'piece 1, block 2, bytes 3 4', 'piece 1, block 2, bytes 3 4 5 0'],
  ] as const)('case P19; W2: %s, a byte short and a byte long', (type, short, long) => {
    const frame = encodeMessage(FRAMES[type]);
    expect(judge(frame.slice(0, -1))).toBe(short);
    expect(judge(concatBytes(frame, new Uint8Array(1)))).toBe(long);
  });

  test.each(Object.keys(FRAMES))('case P19; W2: %s, nothing but its type', (type) => {
    const message = Object.values(FRAMES).find((frame) => frame.type === type);
    const frame = message === undefined ? new Uint8Array() : encodeMessage(message);
    expect(judge(frame.slice(0, 1))).toBe('wrong-length');
  });
});
