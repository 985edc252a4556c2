import type { Bytes } from '../../../shared/share/bytes.ts';
import type { Message } from '../../../shared/wire/messages.ts';
import type { Decoder } from '../decoder.ts';
import { equalBytes } from '../../../shared/share/bytes.ts';
import { Bitfield } from '../../../shared/wire/bitfield.ts';
import { BLOCK_PREFIX_LENGTH, MAX_FRAME_LENGTH } from '../../../shared/wire/blocks.ts';
import { decodeMessage, encodeMessage } from '../../../shared/wire/codec.ts';
import { concatBytes } from '../../../shared/share/bytes.ts';
import { encodeU16 } from '../../../shared/share/big-endian.ts';
import { accepted, judged, mustHold, refused, REFUSED } from '../decoder.ts';
import { mutateBytes } from '../mutate-bytes.ts';

const NAME = { piece: 300, block: 1 };
const MESSAGES: readonly Message[] = [
  { type: 'hello', version: 1, role: 'member', nonce: new Uint8Array(32).fill(7) },
  { type: 'hello', version: 1, role: 'volunteer', nonce: new Uint8Array(32) },
  { type: 'auth', mac: new Uint8Array(32).fill(9) },
  { type: 'bitfield', bitfield: Bitfield.full(301).toBytes() },
  { type: 'bitfield', bitfield: new Uint8Array(8192).fill(0xff) },
  { type: 'have', pieces: [300] },
  { type: 'have', pieces: [0, 7, 7, 65_535] },
  { type: 'request', ...NAME },
  { type: 'cancel', ...NAME },
  { type: 'reject', ...NAME },
  { type: 'busy', ...NAME, retryAfterMs: 500 },
  { type: 'audit', piece: 300, nonce: new Uint8Array(16).fill(5) },
  { type: 'shown', piece: 300, digest: new Uint8Array(32).fill(6) },
  { type: 'lost', piece: 300 },
  { type: 'strand', envelope: new Uint8Array(200).fill(7) },
  { type: 'block', ...NAME, bytes: Uint8Array.of(1) },
  { type: 'block', ...NAME, bytes: new Uint8Array(180).fill(3) },
  { type: 'block', ...NAME, bytes: new Uint8Array(MAX_FRAME_LENGTH - BLOCK_PREFIX_LENGTH) },
];
const BITFIELD_LENGTHS = [1, 7, 8, 9, 301, 512, 65_536];
const COUNTED_LENGTH = 1_000;
const BIT_COUNTS = Array.from({ length: 256 }, (_, byte) => {
  return byte.toString(2).replaceAll('0', '').length;
});

/** One frame as it comes over a data channel. */
export function createFrameDecoder(): Decoder {
  return {
    name: 'frame',
    corpus: MESSAGES.map((message) => encodeMessage(message)),
    violations: ['empty', 'too-long', 'unknown-type', 'wrong-length', 'wrong-field'],
    maxOutputBytes: MAX_FRAME_LENGTH + 1024,
    mutate: (input, other, random) => mutateBytes(input, other, random),
    judge(input) {
      const message = decodeMessage(input);
      if (!message.ok) return refused(message.violation);
      mustHold(equalBytes(encodeMessage(message.value), input), 'W2: a frame has one form');
      return accepted(message.value);
    },
  };
}

/** A bitfield behind the number of pieces less one, in two bytes. */
export function createBitfieldDecoder(): Decoder {
  const halves = BITFIELD_LENGTHS.map((length) =>
    Bitfield.of(
      length,
      Array.from({ length }, (_, piece) => piece).filter((piece) => piece % 3 === 0),
    ),
  );
  const fulls = BITFIELD_LENGTHS.map((length) => Bitfield.full(length));
  return {
    name: 'bitfield',
    corpus: [...halves, ...fulls].map((bitfield) =>
      concatBytes(encodeU16(bitfield.length - 1), bitfield.toBytes()),
    ),
    violations: [REFUSED],
    maxOutputBytes: 8192 + 1024,
    mutate: (input, other, random) => mutateBytes(input, other, random),
    judge(input) {
      const length = ((input[0] ?? 0) << 8) + (input[1] ?? 0) + 1;
      const bytes = input.slice(2);
      const bitfield = Bitfield.fromBytes(bytes, length);
      if (bitfield !== undefined) checkBitfield(bitfield, bytes);
      return judged(bitfield?.toBytes());
    },
  };
}

function checkBitfield(bitfield: Bitfield, bytes: Bytes): void {
  mustHold(equalBytes(bitfield.toBytes(), bytes), 'W4: a bitfield has one form');
  const bits = bytes.reduce((sum, byte) => sum + (BIT_COUNTS[byte] ?? 0), 0);
  mustHold(bitfield.count === bits, 'W4: every bit is a piece');
  if (bitfield.length > COUNTED_LENGTH) return;
  mustHold([...bitfield.pieces()].length === bits, 'W4: no spare bit');
}
