import type { Bytes } from '../share/bytes.ts';
import type { Decoded } from '../share/decoded.ts';
import type { BlockMessage, Message, PeerRole } from './messages.ts';
import { decoded, refused } from '../share/decoded.ts';
import { MAX_PIECE_COUNT } from '../share/geometry.ts';
import { BLOCK_PREFIX_LENGTH, MAX_FRAME_LENGTH } from './blocks.ts';
import {
  AUDIT_DIGEST_LENGTH,
  AUDIT_NONCE_LENGTH,
  MAC_LENGTH,
  MAX_HAVE_PIECES,
  MAX_ENVELOPE_LENGTH,
  NONCE_LENGTH,
} from './messages.ts';

/** The first byte of every frame. Numbers are big-endian. */
const TYPE = {
  hello: 1,
  auth: 2,
  bitfield: 3,
  have: 4,
  request: 5,
  cancel: 6,
  reject: 7,
  block: 8,
  busy: 9,
  audit: 10,
  shown: 11,
  lost: 12,
  strand: 13,
};
const ROLE = { member: 1, volunteer: 2 } satisfies Record<PeerRole, number>;

const HELLO_LENGTH = 3 + NONCE_LENGTH;
const AUTH_LENGTH = 1 + MAC_LENGTH;
const PIECE_NUMBER_LENGTH = 4;
const PIECE_LENGTH = 1 + PIECE_NUMBER_LENGTH;
const AUDIT_LENGTH = PIECE_LENGTH + AUDIT_NONCE_LENGTH;
const SHOWN_LENGTH = PIECE_LENGTH + AUDIT_DIGEST_LENGTH;
const BUSY_LENGTH = BLOCK_PREFIX_LENGTH + 2;
const MAX_BITFIELD_LENGTH = Math.ceil(MAX_PIECE_COUNT / 8);

export type FrameViolation = 'empty' | 'too-long' | 'unknown-type' | 'wrong-length' | 'wrong-field';

/** A block's frame is made in `scratch` where that is given (MAX_FRAME_LENGTH bytes): it is valid until the next one is. */
export function encodeMessage(message: Message, scratch?: Bytes): Bytes {
  switch (message.type) {
    case 'hello': {
      const frame = new Uint8Array(HELLO_LENGTH);
      frame[0] = TYPE.hello;
      frame[1] = message.version;
      frame[2] = ROLE[message.role];
      frame.set(message.nonce, 3);
      return frame;
    }
    case 'auth':
      return prefix(TYPE.auth, message.mac);
    case 'bitfield':
      return prefix(TYPE.bitfield, message.bitfield);
    case 'have': {
      const frame = new Uint8Array(1 + message.pieces.length * PIECE_NUMBER_LENGTH);
      frame[0] = TYPE.have;
      const fields = view(frame);
      for (const [i, piece] of message.pieces.entries()) {
        fields.setUint32(1 + i * PIECE_NUMBER_LENGTH, piece);
      }
      return frame;
    }
    case 'lost':
      return writePiece(new Uint8Array(PIECE_LENGTH), TYPE.lost, message.piece);
    case 'audit': {
      const frame = writePiece(new Uint8Array(AUDIT_LENGTH), TYPE.audit, message.piece);
      frame.set(message.nonce, PIECE_LENGTH);
      return frame;
    }
    case 'shown': {
      const frame = writePiece(new Uint8Array(SHOWN_LENGTH), TYPE.shown, message.piece);
      frame.set(message.digest, PIECE_LENGTH);
      return frame;
    }
    case 'strand':
      return prefix(TYPE.strand, message.envelope);
    case 'request':
    case 'cancel':
    case 'reject': {
      const frame = new Uint8Array(BLOCK_PREFIX_LENGTH);
      writeBlockPrefix(frame, TYPE[message.type], message);
      return frame;
    }
    case 'busy': {
      const frame = new Uint8Array(BUSY_LENGTH);
      writeBlockPrefix(frame, TYPE.busy, message);
      view(frame).setUint16(BLOCK_PREFIX_LENGTH, message.retryAfterMs);
      return frame;
    }
    case 'block': {
      const length = BLOCK_PREFIX_LENGTH + message.bytes.byteLength;
      const frame = scratch?.subarray(0, length) ?? new Uint8Array(length);
      writeBlockPrefix(frame, TYPE.block, message);
      frame.set(message.bytes, BLOCK_PREFIX_LENGTH);
      return frame;
    }
  }
}

/** Reads one frame. Says nothing about whether its piece or block exists: the share's geometry decides that. */
export function decodeMessage(frame: Bytes): Decoded<Message, FrameViolation> {
  if (frame.byteLength === 0) return refused('empty');
  if (frame.byteLength > MAX_FRAME_LENGTH) return refused('too-long');
  switch (frame[0]) {
    case TYPE.hello:
      return decodeHello(frame);
    case TYPE.auth:
      if (frame.byteLength !== AUTH_LENGTH) return refused('wrong-length');
      return decoded({ type: 'auth', mac: frame.slice(1) });
    case TYPE.bitfield:
      if (frame.byteLength === 1 || frame.byteLength > 1 + MAX_BITFIELD_LENGTH) {
        return refused('wrong-length');
      }
      return decoded({ type: 'bitfield', bitfield: frame.slice(1) });
    case TYPE.have:
      return decodeHave(frame);
    case TYPE.lost:
      if (frame.byteLength !== PIECE_LENGTH) return refused('wrong-length');
      return decoded({ type: 'lost', piece: readPiece(frame) });
    case TYPE.audit:
      if (frame.byteLength !== AUDIT_LENGTH) return refused('wrong-length');
      return decoded({ type: 'audit', piece: readPiece(frame), nonce: frame.slice(PIECE_LENGTH) });
    case TYPE.shown:
      if (frame.byteLength !== SHOWN_LENGTH) return refused('wrong-length');
      return decoded({ type: 'shown', piece: readPiece(frame), digest: frame.slice(PIECE_LENGTH) });
    case TYPE.request:
      return decodeBlockName('request', frame);
    case TYPE.cancel:
      return decodeBlockName('cancel', frame);
    case TYPE.reject:
      return decodeBlockName('reject', frame);
    case TYPE.busy:
      if (frame.byteLength !== BUSY_LENGTH) return refused('wrong-length');
      return decoded({
        type: 'busy',
        ...readBlockName(frame),
        retryAfterMs: view(frame).getUint16(BLOCK_PREFIX_LENGTH),
      });
    case TYPE.strand:
      if (frame.byteLength === 1 || frame.byteLength > 1 + MAX_ENVELOPE_LENGTH) {
        return refused('wrong-length');
      }
      return decoded({ type: 'strand', envelope: frame.slice(1) });
    case TYPE.block:
      if (frame.byteLength <= BLOCK_PREFIX_LENGTH) return refused('wrong-length');
      return decoded({
        type: 'block',
        ...readBlockName(frame),
        bytes: frame.subarray(BLOCK_PREFIX_LENGTH),
      });
    default:
      return refused('unknown-type');
  }
}

function decodeHello(frame: Bytes): Decoded<Message, FrameViolation> {
  if (frame.byteLength !== HELLO_LENGTH) return refused('wrong-length');
  const role = frame[2] === ROLE.member ? 'member' : 'volunteer';
  if (frame[2] !== ROLE[role]) return refused('wrong-field');
  return decoded({ type: 'hello', version: frame[1] ?? 0, role, nonce: frame.slice(3) });
}

function decodeHave(frame: Bytes): Decoded<Message, FrameViolation> {
  const count = (frame.byteLength - 1) / PIECE_NUMBER_LENGTH;
  if (!Number.isInteger(count) || count < 1 || count > MAX_HAVE_PIECES)
    return refused('wrong-length');
  const fields = view(frame);
  const pieces = Array.from({ length: count }, (_, i) =>
    fields.getUint32(1 + i * PIECE_NUMBER_LENGTH),
  );
  return decoded({ type: 'have', pieces });
}

function decodeBlockName(
  type: BlockMessage['type'],
  frame: Bytes,
): Decoded<Message, FrameViolation> {
  if (frame.byteLength !== BLOCK_PREFIX_LENGTH) return refused('wrong-length');
  return decoded({ type, ...readBlockName(frame) });
}

function readBlockName(frame: Bytes): { piece: number; block: number } {
  const fields = view(frame);
  return { piece: fields.getUint32(1), block: fields.getUint16(5) };
}

function writeBlockPrefix(
  frame: Bytes,
  type: number,
  name: { readonly piece: number; readonly block: number },
): void {
  const fields = view(frame);
  fields.setUint8(0, type);
  fields.setUint32(1, name.piece);
  fields.setUint16(5, name.block);
}

function readPiece(frame: Bytes): number {
  return view(frame).getUint32(1);
}

function writePiece(frame: Bytes, type: number, piece: number): Bytes {
  frame[0] = type;
  view(frame).setUint32(1, piece);
  return frame;
}

function prefix(type: number, bytes: Bytes): Bytes {
  const frame = new Uint8Array(1 + bytes.byteLength);
  frame[0] = type;
  frame.set(bytes, 1);
  return frame;
}

function view(frame: Bytes): DataView {
  return new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
}
