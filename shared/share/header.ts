import { readU64, writeU64 } from './big-endian.ts';
import type { Bytes } from './bytes.ts';
import { concatBytes } from './bytes.ts';
import type { Decoded } from './decoded.ts';
import { decoded, refused } from './decoded.ts';
import type { Geometry } from './geometry.ts';
import { SIGNATURE_LENGTH, computeGeometry, isStreamLength } from './geometry.ts';
import { MAX_INDEX_LENGTH } from './index-limits.ts';
import type { ShareId } from './share-id.ts';
import { computeShareId } from './share-id.ts';
import type { ShareKeys } from './share-keys.ts';
import { KEY_CHECK_LENGTH } from './share-keys.ts';
import type { SigningKeys } from './signing-keys.ts';
import {
  PUBLIC_KEY_LENGTH,
  importPublicKey,
  isUncompressedPoint,
  sign,
  verify,
} from './signing-keys.ts';
import type { Summary } from './summary.ts';
import { MAX_SEALED_SUMMARY_LENGTH, sealSummary } from './summary.ts';

export const MAX_HEADER_LENGTH = 1024;

const VERSION = 1;
const PIECE_SIZE_AT = 1;
const STREAM_LENGTH_AT = 5;
const INDEX_LENGTH_AT = 13;
const PUBLIC_KEY_AT = 17;
const KEY_CHECK_AT = PUBLIC_KEY_AT + PUBLIC_KEY_LENGTH;
const SUMMARY_LENGTH_AT = KEY_CHECK_AT + KEY_CHECK_LENGTH;
const SUMMARY_AT = SUMMARY_LENGTH_AT + 2;

/** A share's public, signed description. The byte fields are views of `bytes`. */
export interface Header {
  /** The header as it is sent and stored, at most 1 KiB. */
  readonly bytes: Bytes;
  readonly geometry: Geometry;
  /** Bytes of the file list at the stream's start. */
  readonly indexLength: number;
  readonly publicKey: Bytes;
  readonly keyCheck: Bytes;
  readonly sealedSummary: Bytes;
  readonly signature: Bytes;
}

export type HeaderViolation =
  | 'too-short'
  | 'too-long'
  | 'wrong-version'
  | 'wrong-stream-length'
  | 'wrong-piece-size'
  | 'wrong-index-length'
  | 'wrong-public-key'
  | 'wrong-summary-length'
  | 'wrong-length';

/** Reads the structure alone, from a copy; nothing in it is true before `verifyHeader` says so. */
export function decodeHeader(input: Uint8Array): Decoded<Header, HeaderViolation> {
  if (input.byteLength > MAX_HEADER_LENGTH) return refused('too-long');
  if (input.byteLength < SUMMARY_AT + SIGNATURE_LENGTH) return refused('too-short');
  const bytes = Uint8Array.from(input);
  const view = new DataView(bytes.buffer);
  if (bytes[0] !== VERSION) return refused('wrong-version');

  const streamLength = readU64(view, STREAM_LENGTH_AT);
  if (streamLength === undefined || !isStreamLength(streamLength)) {
    return refused('wrong-stream-length');
  }
  const geometry = computeGeometry(streamLength);
  if (view.getUint32(PIECE_SIZE_AT) !== geometry.pieceSize) return refused('wrong-piece-size');
  const indexLength = view.getUint32(INDEX_LENGTH_AT);
  if (!isIndexLength(indexLength, streamLength)) return refused('wrong-index-length');
  const publicKey = bytes.subarray(PUBLIC_KEY_AT, KEY_CHECK_AT);
  if (!isUncompressedPoint(publicKey)) return refused('wrong-public-key');

  const summaryLength = view.getUint16(SUMMARY_LENGTH_AT);
  if (summaryLength > MAX_SEALED_SUMMARY_LENGTH) return refused('wrong-summary-length');
  const signatureAt = SUMMARY_AT + summaryLength;
  if (bytes.byteLength !== signatureAt + SIGNATURE_LENGTH) return refused('wrong-length');
  return decoded({
    bytes,
    geometry,
    indexLength,
    publicKey,
    keyCheck: bytes.subarray(KEY_CHECK_AT, SUMMARY_LENGTH_AT),
    sealedSummary: bytes.subarray(SUMMARY_AT, signatureAt),
    signature: bytes.subarray(signatureAt),
  });
}

/** Whether the key that names this share signed this header. Never rejects. */
export async function verifyHeader(header: Header, shareId: ShareId): Promise<boolean> {
  if ((await computeShareId(header.publicKey)) !== shareId) return false;
  const publicKey = await importPublicKey(header.publicKey);
  if (publicKey === undefined) return false;
  const signed = header.bytes.subarray(0, -SIGNATURE_LENGTH);
  return verify(publicKey, header.signature, 'peerify/header/1\0', signed);
}

export interface HeaderFields {
  readonly streamLength: number;
  readonly indexLength: number;
  readonly summary: Summary;
  readonly keys: ShareKeys;
  readonly signingKeys: SigningKeys;
  readonly shareId: ShareId;
}

/** @throws RangeError where the lengths break a limit or disagree with each other */
export async function createHeader(fields: HeaderFields): Promise<Header> {
  const { streamLength, indexLength, summary, keys, signingKeys, shareId } = fields;
  const { pieceSize } = computeGeometry(streamLength);
  if (!isIndexLength(indexLength, streamLength)) throw new RangeError(`index of ${indexLength}`);
  if (summary.totalBytes !== streamLength - indexLength) {
    throw new RangeError('a stream is its index and the bytes of every file');
  }
  const sealedSummary = await sealSummary(summary, keys, shareId);
  const unsigned = new Uint8Array(SUMMARY_AT + sealedSummary.byteLength);
  const view = new DataView(unsigned.buffer);
  view.setUint8(0, VERSION);
  view.setUint32(PIECE_SIZE_AT, pieceSize);
  writeU64(view, STREAM_LENGTH_AT, streamLength);
  view.setUint32(INDEX_LENGTH_AT, indexLength);
  unsigned.set(signingKeys.publicKey, PUBLIC_KEY_AT);
  unsigned.set(keys.keyCheck, KEY_CHECK_AT);
  view.setUint16(SUMMARY_LENGTH_AT, sealedSummary.byteLength);
  unsigned.set(sealedSummary, SUMMARY_AT);

  const signature = await sign(signingKeys.privateKey, 'peerify/header/1\0', unsigned);
  const header = decodeHeader(concatBytes(unsigned, signature));
  if (!header.ok) throw new RangeError(`header: ${header.violation}`);
  return header.value;
}

/** SHA-256 of the whole header, 32 bytes. Every piece is bound to it. */
export async function computeHeaderHash(header: Header): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', header.bytes));
}

function isIndexLength(indexLength: number, streamLength: number): boolean {
  return (
    Number.isInteger(indexLength) &&
    indexLength >= 1 &&
    indexLength <= Math.min(MAX_INDEX_LENGTH, streamLength)
  );
}
