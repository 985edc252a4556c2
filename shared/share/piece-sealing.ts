import { encodeU32 } from './big-endian.ts';
import type { Bytes } from './bytes.ts';
import { concatBytes } from './bytes.ts';
import type { Decoded } from './decoded.ts';
import { decoded, refused } from './decoded.ts';
import type { Geometry } from './geometry.ts';
import { SIGNATURE_LENGTH, computePieceLength, computeSealedLength, isPiece } from './geometry.ts';
import type { Header } from './header.ts';
import { computeHeaderHash } from './header.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';
import { sign, verify } from './signing-keys.ts';

const NONCE_LENGTH = 12;

/** What ties a piece to its place in one share. */
export interface PieceContext {
  readonly shareId: ShareId;
  readonly geometry: Geometry;
  /** SHA-256 of the header, 32 bytes. */
  readonly headerHash: Bytes;
}

export interface SealedPiece {
  /** ciphertext ‖ tag (16) ‖ signature (64) */
  readonly sealed: Bytes;
  /** SHA-256 of ciphertext ‖ tag, 32 bytes. */
  readonly digest: Bytes;
}

export async function createPieceContext(header: Header, shareId: ShareId): Promise<PieceContext> {
  return { shareId, geometry: header.geometry, headerHash: await computeHeaderHash(header) };
}

/**
 * The nonce is the piece's number, so another plaintext for the same piece would break the encryption: before the result
 * leaves, the caller compares `digest` with the one recorded when this piece was first sealed.
 * @throws RangeError where the plaintext has not the piece's length
 */
export async function sealPiece(
  context: PieceContext,
  pieceKey: CryptoKey,
  privateKey: CryptoKey,
  piece: number,
  plaintext: Bytes,
): Promise<SealedPiece> {
  if (plaintext.byteLength !== computePieceLength(context.geometry, piece)) {
    throw new RangeError(`piece ${piece} with ${plaintext.byteLength} bytes`);
  }
  const algorithm = computeAlgorithm(context, piece);
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt(algorithm, pieceKey, plaintext));
  const digest = await computeDigest(ciphertext);
  const signed = [shareIdBytes(context.shareId), encodeU32(piece), digest];
  const signature = await sign(privateKey, 'peerify/piece/1\0', ...signed);
  return { sealed: concatBytes(ciphertext, signature), digest };
}

/** Whether the sharer sealed exactly this as that piece. Needs no secret; never rejects. */
export async function verifyPiece(
  context: PieceContext,
  publicKey: CryptoKey,
  piece: number,
  sealed: Bytes,
): Promise<boolean> {
  if (!hasSealedLength(context, piece, sealed)) return false;
  const digest = await computeCiphertextDigest(sealed);
  const signed = [shareIdBytes(context.shareId), encodeU32(piece), digest];
  return verify(publicKey, sealed.subarray(-SIGNATURE_LENGTH), 'peerify/piece/1\0', ...signed);
}

/** Decrypts a piece. It does not look at the signature: whatever was stored has passed `verifyPiece`. */
export async function openPiece(
  context: PieceContext,
  pieceKey: CryptoKey,
  piece: number,
  sealed: Bytes,
): Promise<Decoded<Bytes, 'wrong-length' | 'not-authentic'>> {
  if (!hasSealedLength(context, piece, sealed)) return refused('wrong-length');
  const algorithm = computeAlgorithm(context, piece);
  const ciphertext = sealed.subarray(0, -SIGNATURE_LENGTH);
  try {
    return decoded(new Uint8Array(await crypto.subtle.decrypt(algorithm, pieceKey, ciphertext)));
  } catch {
    return refused('not-authentic');
  }
}

/** SHA-256 of a sealed piece without its signature: what the signature is over. */
export function computeCiphertextDigest(sealed: Bytes): Promise<Bytes> {
  return computeDigest(sealed.subarray(0, -SIGNATURE_LENGTH));
}

async function computeDigest(ciphertext: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', ciphertext));
}

function hasSealedLength(context: PieceContext, piece: number, sealed: Bytes): boolean {
  const { geometry } = context;
  return isPiece(geometry, piece) && sealed.byteLength === computeSealedLength(geometry, piece);
}

function computeAlgorithm(context: PieceContext, piece: number): AesGcmParams {
  const nonce = new Uint8Array(NONCE_LENGTH);
  nonce.set(encodeU32(piece), NONCE_LENGTH - 4);
  return {
    name: 'AES-GCM',
    iv: nonce,
    additionalData: concatBytes(
      shareIdBytes(context.shareId),
      encodeU32(piece),
      context.headerHash,
    ),
  };
}
