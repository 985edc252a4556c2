const KIB = 1024;
const MIB = 1024 * KIB;

export const MIN_PIECE_SIZE = 64 * KIB;
export const MAX_PIECE_SIZE = 4 * MIB;
export const MAX_PIECE_COUNT = 65_536;
export const MAX_STREAM_LENGTH = MAX_PIECE_SIZE * MAX_PIECE_COUNT;
export const GCM_TAG_LENGTH = 16;
export const SIGNATURE_LENGTH = 64;
/** What sealing adds to a piece: the AES-GCM tag and the sharer's signature. */
export const SEAL_LENGTH = GCM_TAG_LENGTH + SIGNATURE_LENGTH;

/** How a stream is cut into pieces. Derived from the stream's length alone, so it can never disagree with it. */
export interface Geometry {
  /** Bytes of plaintext, index included; 1 to MAX_STREAM_LENGTH. */
  readonly streamLength: number;
  /** Bytes of plaintext in every piece but the last. */
  readonly pieceSize: number;
  readonly pieceCount: number;
}

export function isStreamLength(length: number): boolean {
  return Number.isSafeInteger(length) && length >= 1 && length <= MAX_STREAM_LENGTH;
}

/** Cuts a stream into 257 to 512 pieces, within the limits on a piece's size. */
export function computeGeometry(streamLength: number): Geometry {
  if (!isStreamLength(streamLength)) throw new RangeError(`stream length ${streamLength}`);
  let pieceSize = MIN_PIECE_SIZE;
  while (pieceSize < MAX_PIECE_SIZE && pieceSize * 512 < streamLength) pieceSize *= 2;
  return { streamLength, pieceSize, pieceCount: Math.ceil(streamLength / pieceSize) };
}

/** Bytes of plaintext in one piece. */
export function computePieceLength(geometry: Geometry, piece: number): number {
  assertPiece(geometry, piece);
  const isLast = piece === geometry.pieceCount - 1;
  return isLast ? geometry.streamLength - piece * geometry.pieceSize : geometry.pieceSize;
}

/** Bytes of one piece as it is stored and sent: ciphertext, tag, signature. */
export function computeSealedLength(geometry: Geometry, piece: number): number {
  return computePieceLength(geometry, piece) + SEAL_LENGTH;
}

/** Whether the share has a piece of this number. */
export function isPiece(geometry: Geometry, piece: number): boolean {
  return Number.isInteger(piece) && piece >= 0 && piece < geometry.pieceCount;
}

function assertPiece(geometry: Geometry, piece: number): void {
  if (!isPiece(geometry, piece)) throw new RangeError(`piece ${piece} of ${geometry.pieceCount}`);
}
