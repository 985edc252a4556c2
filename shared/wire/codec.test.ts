import type { Message } from './messages.ts';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { MAX_FRAME_LENGTH } from './blocks.ts';
import { decodeMessage, encodeMessage } from './codec.ts';
import { MAX_HAVE_PIECES } from './messages.ts';

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const uint16 = fc.integer({ min: 0, max: 0xffff });
const bytes = (minLength: number, maxLength = minLength) =>
  fc.uint8Array({ minLength, maxLength }).map((array) => new Uint8Array(array));

const messages: fc.Arbitrary<Message> = fc.oneof(
  fc.record({
    type: fc.constant('hello' as const),
    version: fc.integer({ min: 0, max: 255 }),
    role: fc.constantFrom('member' as const, 'volunteer' as const),
    nonce: bytes(32),
  }),
  fc.record({ type: fc.constant('auth' as const), mac: bytes(32) }),
  fc.record({ type: fc.constant('bitfield' as const), bitfield: bytes(1, 200) }),
  fc.record({
    type: fc.constant('have' as const),
    pieces: fc.array(uint32, { minLength: 1, maxLength: MAX_HAVE_PIECES }),
  }),
  fc.record({ type: fc.constant('lost' as const), piece: uint32 }),
  fc.record({ type: fc.constant('audit' as const), piece: uint32, nonce: bytes(16) }),
  fc.record({ type: fc.constant('shown' as const), piece: uint32, digest: bytes(32) }),
  fc.record({ type: fc.constant('strand' as const), envelope: bytes(1, 300) }),
  fc.record({
    type: fc.constantFrom('request' as const, 'cancel' as const, 'reject' as const),
    piece: uint32,
    block: uint16,
  }),
  fc.record({
    type: fc.constant('busy' as const),
    piece: uint32,
    block: uint16,
    retryAfterMs: uint16,
  }),
  fc.record({
    type: fc.constant('block' as const),
    piece: uint32,
    block: uint16,
    bytes: bytes(1, 300),
  }),
);

describe('W2: frames', () => {
  test('every message survives its frame', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(decodeMessage(encodeMessage(message))).toEqual({ ok: true, value: message });
        const scratch = new Uint8Array(MAX_FRAME_LENGTH).fill(0xff);
        expect(encodeMessage(message, scratch)).toEqual(encodeMessage(message));
      }),
    );
  });

  test.each([0, MAX_HAVE_PIECES + 1])('a have of %i pieces is refused', (count) => {
    const frame = encodeMessage({ type: 'have', pieces: Array.from({ length: count }, () => 1) });
    expect(decodeMessage(frame)).toEqual({ ok: false, violation: 'wrong-length' });
  });

  test('a frame decodes in one way only: what decodes encodes to the same bytes', () => {
    fc.assert(
      fc.property(bytes(0, 120), fc.integer({ min: 0, max: 14 }), (frame, type) => {
        if (frame.byteLength > 0) frame[0] = type;
        const result = decodeMessage(frame);
        if (result.ok) expect(encodeMessage(result.value)).toEqual(frame);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['empty', new Uint8Array(0)],
    ['too-long', new Uint8Array(MAX_FRAME_LENGTH + 1).fill(8)],
    ['unknown-type', new Uint8Array([0])],
    ['unknown-type', new Uint8Array([14, 0, 0])],
    ['wrong-length', new Uint8Array([1, 1, 1])],
    ['wrong-length', new Uint8Array(32).fill(2)],
    ['wrong-length', new Uint8Array([3])],
    ['wrong-length', new Uint8Array(1 + 8193).fill(3)],
    ['wrong-length', new Uint8Array([4, 0, 0, 0])],
    ['wrong-length', new Uint8Array([5, 0, 0, 0, 0, 0, 0, 0])],
    ['wrong-length', new Uint8Array([8, 0, 0, 0, 0, 0, 0])],
    ['wrong-length', new Uint8Array([9, 0, 0, 0, 0, 0, 0, 0])],
    ['wrong-length', new Uint8Array(10).fill(9)],
    ['wrong-length', new Uint8Array(20).fill(10)],
    ['wrong-length', new Uint8Array(36).fill(11)],
    ['wrong-length', new Uint8Array(6).fill(12)],
    ['wrong-length', new Uint8Array([13])],
    ['wrong-length', new Uint8Array(1 + 8193).fill(13)],
    ['wrong-field', new Uint8Array(35).fill(1).fill(3, 2, 3)],
  ])('case P19; W2: refuses a frame that is %s, and copies none of it', (violation, frame) => {
    const copy = vi.spyOn(Uint8Array.prototype, 'slice');
    expect(decodeMessage(frame)).toEqual({ ok: false, violation });
    expect(copy).not.toHaveBeenCalled();
    copy.mockRestore();
  });
});
