import type { Bytes } from '../share/bytes.ts';
import type { Geometry } from '../share/geometry.ts';
import type { PieceStore } from './ports/piece-store.ts';

/** Read at once ahead of being wanted. Many at a time, because a sharer's journal writes many as fast as one. */
const MAX_PREPARING_BYTES = 16 * 1024 * 1024;
const MAX_PREPARING_PIECES = 32;
/** Enough for a dozen receivers at pieces of the largest size. */
const RECENT_BYTES = 48 * 1024 * 1024;
/** What waits to be prepared must not drive out what was prepared before it. */
const MAX_WAITING_BYTES = RECENT_BYTES / 2;

/** Whether the keys of pieces are looked at, or every piece is read. */
type Depth = 'keys' | 'bytes';

/**
 * Reads sealed pieces for serving: what is still being written from memory, what was read lately from memory too, the
 * rest from the store, and each piece at most once at a time.
 */
export class PieceReader {
  readonly #store: PieceStore;
  readonly #uncommitted = new Map<number, Bytes>();
  /** Least recently used first. */
  readonly #recent = new Map<number, Bytes>();
  readonly #reading = new Map<number, Promise<Bytes | undefined>>();
  /** To be prepared, in this order. */
  readonly #waiting = new Set<number>();
  readonly #maxWaiting: number;
  readonly #maxPreparing: number;
  #recentBytes = 0;
  /** Looks under way; the next one waits for the one before it. */
  readonly #looks = new Map<Depth, Promise<readonly number[]>>();

  constructor(store: PieceStore, { pieceSize }: Geometry) {
    this.#store = store;
    this.#maxWaiting = Math.floor(MAX_WAITING_BYTES / pieceSize);
    this.#maxPreparing = Math.min(
      MAX_PREPARING_PIECES,
      Math.floor(MAX_PREPARING_BYTES / pieceSize),
    );
  }

  /** Verified, and to be served from memory until its write has committed. */
  hold(piece: number, sealed: Bytes): void {
    this.#uncommitted.set(piece, sealed);
  }

  /** Committed: from now on it is one of those read lately. */
  release(piece: number): void {
    const sealed = this.#uncommitted.get(piece);
    this.#uncommitted.delete(piece);
    if (sealed !== undefined) this.#keep(piece, sealed);
  }

  /** Undefined where the store does not have it. Rejects with StoreError. */
  read(piece: number): Bytes | Promise<Bytes | undefined> {
    return this.#uncommitted.get(piece) ?? this.#touch(piece) ?? this.#readOnce(piece);
  }

  /**
   * For reading here, once: it is not kept, so that what others want stays in memory. Not verified where it comes from
   * the store. Undefined where the store does not have it. Rejects with StoreError.
   */
  async readUnverified(piece: number): Promise<Bytes | undefined> {
    const atHand = this.#uncommitted.get(piece) ?? this.#recent.get(piece);
    return atHand ?? this.#store.getUnverified?.(piece) ?? this.#store.get(piece);
  }

  /** From memory and from the store. Rejects with StoreError. */
  async forget(pieces: readonly number[]): Promise<void> {
    for (const piece of pieces) {
      this.#uncommitted.delete(piece);
      this.#waiting.delete(piece);
      this.#recentBytes -= this.#recent.get(piece)?.byteLength ?? 0;
      this.#recent.delete(piece);
    }
    await Promise.all(pieces.map((piece) => this.#store.remove(piece)));
  }

  /** Reads a piece that will be wanted, in its turn, unless too many wait already. */
  prepare(piece: number): void {
    const isAtHand =
      this.#uncommitted.has(piece) || this.#recent.has(piece) || this.#reading.has(piece);
    if (isAtHand || this.#waiting.size >= this.#maxWaiting) return;
    this.#waiting.add(piece);
    this.#prepareNext();
  }

  /**
   * Those of these pieces that the store has lost, as its keys tell, or as reading every one of them does. What is in
   * memory is written again instead. One look at a time: whoever asks meanwhile is told what it finds, unless that look
   * is not as deep. Rejects with StoreError.
   */
  findLost(pieces: readonly number[], depth: Depth): Promise<readonly number[]> {
    const underWay = this.#looks.get('bytes') ?? this.#looks.get(depth);
    if (underWay !== undefined) return underWay;
    const look = this.#lookInTurn(pieces, depth).finally(() => this.#looks.delete(depth));
    this.#looks.set(depth, look);
    return look;
  }

  async #lookInTurn(pieces: readonly number[], depth: Depth): Promise<readonly number[]> {
    // Its failure is told to whoever asked for it.
    await this.#looks.get('keys')?.catch(() => undefined);
    return this.#look(pieces, depth);
  }

  async #look(pieces: readonly number[], depth: Depth): Promise<readonly number[]> {
    const stored = new Set(await this.#store.held());
    const lost: number[] = [];
    for (const piece of pieces) {
      if (this.#uncommitted.has(piece)) continue;
      const isStored = stored.has(piece) && (depth === 'keys' || (await this.#isReadable(piece)));
      if (isStored) continue;
      const recent = this.#recent.get(piece);
      if (recent === undefined) lost.push(piece);
      else await this.#store.put(piece, recent);
    }
    return lost;
  }

  /** From the store alone: what is in memory may be pushed out before it is wanted. */
  async #isReadable(piece: number): Promise<boolean> {
    return (await this.#store.get(piece)) !== undefined;
  }

  #prepareNext(): void {
    for (const piece of this.#waiting) {
      if (this.#reading.size >= this.#maxPreparing) return;
      // Whoever wants it hears of the failure when reading it.
      this.#readOnce(piece).catch(() => undefined);
    }
  }

  #touch(piece: number): Bytes | undefined {
    const sealed = this.#recent.get(piece);
    if (sealed === undefined) return undefined;
    this.#recent.delete(piece);
    this.#recent.set(piece, sealed);
    return sealed;
  }

  #readOnce(piece: number): Promise<Bytes | undefined> {
    const underway = this.#reading.get(piece);
    if (underway !== undefined) return underway;
    this.#waiting.delete(piece);
    const reading = this.#readAndKeep(piece).finally(() => {
      this.#reading.delete(piece);
      this.#prepareNext();
    });
    this.#reading.set(piece, reading);
    return reading;
  }

  async #readAndKeep(piece: number): Promise<Bytes | undefined> {
    const sealed = await this.#store.get(piece);
    if (sealed !== undefined) this.#keep(piece, sealed);
    return sealed;
  }

  #keep(piece: number, sealed: Bytes): void {
    this.#recentBytes += sealed.byteLength - (this.#recent.get(piece)?.byteLength ?? 0);
    this.#recent.set(piece, sealed);
    for (const [oldest, bytes] of this.#recent) {
      if (this.#recentBytes <= RECENT_BYTES) break;
      this.#recent.delete(oldest);
      this.#recentBytes -= bytes.byteLength;
    }
  }
}
