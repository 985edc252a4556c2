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
  /** As it is stored, where `get` takes time to verify: the cipher finds what was altered, and then `get` decides. */
  readonly getUnverified?: (piece: number) => Promise<Bytes | undefined>;
}

/** Fetched and decrypted at once. One piece at a time would wait for the database, then for the cipher, and so on. */
const READ_AHEAD_BYTES = 2 * 1024 * 1024;
/** A store may have to read several to give one. */
const MAX_PIECES_AHEAD = 8;

/**
 * Reads a range of the plaintext, a piece or what is wanted of it at a time. While the consumer works on one, the next
 * are fetched and decrypted, up to 2 MiB of them or one, and no more, so memory stays flat.
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
  const firstPiece = Math.floor(offset / pieceSize);
  const piecesAhead = Math.max(
    1,
    Math.min(MAX_PIECES_AHEAD, Math.floor(READ_AHEAD_BYTES / pieceSize)),
  );
  const openings: Promise<Bytes>[] = [];
  for (let piece = firstPiece; piece <= lastPiece; piece += 1) {
    for (
      let next = piece + openings.length;
      next <= Math.min(piece + piecesAhead, lastPiece);
      next += 1
    ) {
      const opening = readPiece(source, context, pieceKey, next);
      // It is awaited only if the consumer comes back for it; until then a failure waits here.
      opening.catch(() => undefined);
      openings.push(opening);
    }
    const plaintext = await openings.shift();
    if (plaintext === undefined) throw new Error('no piece');
    const pieceStart = piece * pieceSize;
    const from = Math.max(0, offset - pieceStart);
    yield plaintext.subarray(from, Math.min(plaintext.byteLength, end - pieceStart));
  }
}

async function readPiece(
  source: SealedPieceSource,
  context: PieceContext,
  pieceKey: CryptoKey,
  piece: number,
): Promise<Bytes> {
  const stored = await source.getUnverified?.(piece);
  const storedOpened = stored && (await openPiece(context, pieceKey, piece, stored));
  if (storedOpened?.ok === true) return storedOpened.value;
  const sealed = await source.get(piece);
  if (sealed === undefined) throw new StreamReadError('missing-piece', piece);
  const opened = await openPiece(context, pieceKey, piece, sealed);
  if (!opened.ok) throw new StreamReadError('wrong-piece', piece);
  return opened.value;
}

function isRange(offset: number, length: number): boolean {
  return Number.isSafeInteger(offset) && offset >= 0 && Number.isSafeInteger(length) && length >= 0;
}
