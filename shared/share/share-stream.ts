import type { Bytes } from './bytes.ts';
import type { PieceContext } from './piece-sealing.ts';
import { openPiece } from './piece-sealing.ts';

/** A part of the stream cannot be read: its piece is not held, or what is held is not that piece. */
export class StreamReadError extends Error {
  override readonly name = 'StreamReadError';
  readonly code: 'missing-piece' | 'wrong-piece';
  readonly piece: number;

  constructor(code: 'missing-piece' | 'wrong-piece', piece: number) {
    super(`share stream: ${code} ${piece}`);
    this.code = code;
    this.piece = piece;
  }
}

/** Where sealed pieces come from; a PieceStore is one. */
export interface SealedPieceSource {
  readonly get: (piece: number) => Promise<Bytes | undefined>;
}

/**
 * Reads a range of the plaintext, a piece or what is wanted of it at a time. While the consumer works on one, the next is
 * fetched and decrypted, and no more, so memory stays flat.
 * @throws StreamReadError; RangeError for a range outside the stream; whatever the source rejects with
 */
export async function* readStream(
  source: SealedPieceSource,
  context: PieceContext,
  pieceKey: CryptoKey,
  offset: number,
  length: number,
): AsyncGenerator<Bytes, void, undefined> {
  const { pieceSize, streamLength } = context.geometry;
  const end = offset + length;
  if (!isRange(offset, length) || end > streamLength) throw new RangeError(`${offset}+${length}`);
  if (length === 0) return;

  const lastPiece = Math.floor((end - 1) / pieceSize);
  let piece = Math.floor(offset / pieceSize);
  let opening = readPiece(source, context, pieceKey, piece);
  while (true) {
    const plaintext = await opening;
    const pieceStart = piece * pieceSize;
    const from = Math.max(0, offset - pieceStart);
    const isLast = piece === lastPiece;
    if (!isLast) {
      opening = readPiece(source, context, pieceKey, piece + 1);
      // It is awaited only if the consumer comes back for it; until then a failure waits here.
      opening.catch(() => undefined);
    }
    yield plaintext.subarray(from, Math.min(plaintext.byteLength, end - pieceStart));
    if (isLast) return;
    piece += 1;
  }
}

async function readPiece(
  source: SealedPieceSource,
  context: PieceContext,
  pieceKey: CryptoKey,
  piece: number,
): Promise<Bytes> {
  const sealed = await source.get(piece);
  if (sealed === undefined) throw new StreamReadError('missing-piece', piece);
  const opened = await openPiece(context, pieceKey, piece, sealed);
  if (!opened.ok) throw new StreamReadError('wrong-piece', piece);
  return opened.value;
}

function isRange(offset: number, length: number): boolean {
  return Number.isSafeInteger(offset) && offset >= 0 && Number.isSafeInteger(length) && length >= 0;
}
