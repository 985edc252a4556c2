import type { DigestJournal } from '../app/ports/digest-journal.ts';
import type { StreamSource } from './stream-source.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { Geometry } from '../../shared/share/geometry.ts';
import type { SealedPiece } from '../../shared/share/piece-sealing.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import { equalBytes } from '../../shared/share/bytes.ts';
import { computePieceLength, isPiece } from '../../shared/share/geometry.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { SealedPieceKeeper } from './sealed-piece-keeper.ts';

const DEFAULT_BUDGET_BYTES = 1024 * 1024 * 1024;
const KEPT_TOGETHER_BYTES = 4 * 1024 * 1024;

export interface SharerPieceStoreParts {
  readonly geometry: Geometry;
  /** Where sealed pieces are kept, so that a reload goes on sharing. */
  readonly inner: PieceStore;
  readonly journal: DigestJournal;
  /** The digest is SHA-256 of the ciphertext: the same for the same plaintext, unlike the signature beside it. */
  readonly seal: (piece: number, plaintext: Bytes) => Promise<SealedPiece>;
  /** Undefined after a reload, until the files are there again. */
  readonly source: StreamSource | undefined;
  /** The files are not what they were, or out of reach: the source was let go. Not told twice of one source. */
  readonly onSourceLost: (error: StoreError) => void;
  /** Sealed bytes to keep; further pieces are sealed anew each time. */
  readonly keepBudgetBytes?: number;
}

/**
 * The sharer's own files as sealed pieces, each sealed when wanted. No piece leaves before the digest of its
 * ciphertext is committed, and none whose digest differs from the committed one: one plaintext for one nonce.
 * Keeping sealed pieces for a reload costs as much as sending them, so it waits until somebody has time for it.
 */
export class SharerPieceStore implements PieceStore {
  readonly #parts: SharerPieceStoreParts;
  readonly #keeper: SealedPieceKeeper;
  readonly #sealing = new Map<number, Promise<Bytes>>();
  /** Digests that were committed, or found committed, since the page was opened. */
  readonly #recorded = new Map<number, Bytes>();
  /** Pieces that were given out and may not be kept yet. */
  readonly #unkept = new Set<number>();
  #source: StreamSource | undefined;

  constructor(parts: SharerPieceStoreParts) {
    const { inner, geometry, keepBudgetBytes = DEFAULT_BUDGET_BYTES } = parts;
    this.#parts = parts;
    this.#keeper = new SealedPieceKeeper(inner, geometry, keepBudgetBytes);
    this.setSource(parts.source);
  }

  /** The files again, after a reload or after they were lost. @throws RangeError for a stream of another length */
  setSource(source: StreamSource | undefined): void {
    const { streamLength } = this.#parts.geometry;
    if (source !== undefined && source.streamLength !== streamLength) {
      throw new RangeError(`a stream of ${source.streamLength} bytes, not ${streamLength}`);
    }
    this.#source = source;
    this.#sealing.clear();
  }

  async held(): Promise<readonly number[]> {
    if (this.#source === undefined) return this.#parts.inner.held();
    return Array.from({ length: this.#parts.geometry.pieceCount }, (_, piece) => piece);
  }

  async get(piece: number): Promise<Bytes | undefined> {
    if (!isPiece(this.#parts.geometry, piece)) return undefined;
    if (this.#source === undefined) return this.#parts.inner.get(piece);
    this.#unkept.add(piece);
    return this.#seal(this.#source, piece);
  }

  /** Every piece is worth keeping, not only those that somebody wanted. */
  wantAllKept(): void {
    const { pieceCount } = this.#parts.geometry;
    for (let piece = 0; piece < pieceCount; piece += 1) this.#unkept.add(piece);
  }

  /** Keeps a few more pieces, together. False when none is left, or the budget or the store's patience is used up. */
  async keepMore(): Promise<boolean> {
    const source = this.#source;
    if (source === undefined) return false;
    const pieces = await this.#takeUnkept();
    const isKept = await Promise.all(
      pieces.map(async (piece) => this.#keeper.keep(piece, await this.#seal(source, piece))),
    );
    return isKept.length > 0 && isKept.every(Boolean);
  }

  /** Which pieces are kept, or were sealed since the page was opened. */
  async readSealed(): Promise<(piece: number) => boolean> {
    const kept = await this.#keeper.readKept();
    return (piece) => this.#recorded.has(piece) || kept.has(piece);
  }

  put(piece: number, sealed: Bytes): Promise<void> {
    return this.#parts.inner.put(piece, sealed);
  }

  remove(piece: number): Promise<void> {
    return this.#parts.inner.remove(piece);
  }

  /** Lets the source go as well. The journal stays: it may be forgotten only together with the key. */
  async clear(): Promise<void> {
    this.#source = undefined;
    this.#keeper.stop();
    await this.#parts.inner.clear();
  }

  async #takeUnkept(): Promise<number[]> {
    const pieces: number[] = [];
    const atOnce = Math.ceil(KEPT_TOGETHER_BYTES / this.#parts.geometry.pieceSize);
    for (const piece of this.#unkept) {
      this.#unkept.delete(piece);
      if (!(await this.#keeper.has(piece))) pieces.push(piece);
      if (pieces.length === atOnce) break;
    }
    return pieces;
  }

  async #seal(source: StreamSource, piece: number): Promise<Bytes> {
    const sealing = this.#sealing.get(piece) ?? this.#sealFrom(source, piece);
    this.#sealing.set(piece, sealing);
    try {
      return await sealing;
    } finally {
      if (this.#sealing.get(piece) === sealing) this.#sealing.delete(piece);
    }
  }

  async #sealFrom(source: StreamSource, piece: number): Promise<Bytes> {
    try {
      return await this.#sealOnce(source, piece);
    } catch (error) {
      if (!(error instanceof StoreError)) throw new StoreError('unavailable', { cause: error });
      if (error.code.startsWith('source-')) this.#loseSource(source, error);
      throw error;
    }
  }

  async #sealOnce(source: StreamSource, piece: number): Promise<Bytes> {
    const { geometry, journal, seal } = this.#parts;
    const length = computePieceLength(geometry, piece);
    const plaintext = await source.read(piece * geometry.pieceSize, length);
    const { sealed, digest } = await seal(piece, plaintext);
    const recorded = this.#recorded.get(piece);
    if (recorded === undefined) {
      await journal.record(piece, digest);
      this.#recorded.set(piece, digest);
    } else if (!equalBytes(recorded, digest)) throw new StoreError('source-changed');
    // Another piece may have shown meanwhile that these files cannot be trusted.
    if (this.#source !== source) throw new StoreError('unavailable');
    return sealed;
  }

  #loseSource(source: StreamSource, error: StoreError): void {
    if (this.#source !== source) return;
    this.#source = undefined;
    this.#parts.onSourceLost(error);
  }
}
