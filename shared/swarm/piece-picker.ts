import type { Bitfield } from '../wire/bitfield.ts';
import type { Random } from './random.ts';

/** What a connected peer holds, and how many candidates are among it: the picker keeps count. */
interface Source {
  readonly bitfield: Bitfield;
  wantedCount: number;
}

/**
 * Chooses which piece to fetch next from a peer. It weighs, in this order:
 * - a piece that is held, or being fetched, is no candidate;
 * - the fewer connected peers hold a piece, the sooner it is fetched (rarest first);
 * - ties are broken at random, so that peers do not all want the same one.
 * Keeping count is O(1) a change: candidates lie in one bucket for each availability. Of every connected peer it
 * knows how many candidates it holds, so that nothing is searched where nothing can be found: most haves in a large
 * swarm tell of pieces that are held already.
 */
export class PiecePicker {
  readonly #random: Random;
  /** Connected peers that hold each piece, seeders left out: they add the same to every piece. */
  readonly #holders: Uint16Array;
  readonly #buckets: number[][] = [];
  /** Place in the bucket of a candidate, -1 for what is no candidate. */
  readonly #places: Int32Array;
  readonly #sources = new Set<Source>();
  #seederCount = 0;
  #candidateCount = 0;
  /** Pieces that no connected peer but a seeder holds. */
  #unheldCount: number;

  constructor(pieceCount: number, candidates: Iterable<number>, random: Random) {
    this.#random = random;
    this.#holders = new Uint16Array(pieceCount);
    this.#unheldCount = pieceCount;
    this.#places = new Int32Array(pieceCount).fill(-1);
    for (const piece of candidates) this.release(piece);
  }

  /** Connected peers that hold the piece. */
  availabilityOf(piece: number): number {
    return (this.#holders[piece] ?? 0) + this.#seederCount;
  }

  /** Whether the connected peers together hold every piece. */
  get isEverythingAvailable(): boolean {
    return this.#seederCount > 0 || this.#unheldCount === 0;
  }

  /** Pieces that are neither held nor being fetched. */
  get candidateCount(): number {
    return this.#candidateCount;
  }

  /** Neither held nor being fetched. */
  isCandidate(piece: number): boolean {
    return (this.#places[piece] ?? -1) >= 0;
  }

  /** A peer with nothing yet. `recordHave` and `recordLost` tell of what it gains and loses. */
  addSource(source: Source): void {
    this.#sources.add(source);
  }

  removeSource(source: Source): void {
    this.#sources.delete(source);
  }

  /** The peer holds one more piece, its bitfield says so already. */
  recordHave(source: Source, piece: number): void {
    if (this.isCandidate(piece)) source.wantedCount += 1;
  }

  /** The peer holds one piece less, its bitfield says so already. */
  recordLost(source: Source, piece: number): void {
    if (this.isCandidate(piece)) source.wantedCount -= 1;
  }

  addSeeder(): void {
    this.#seederCount += 1;
  }

  removeSeeder(): void {
    this.#seederCount -= 1;
  }

  addHolder(piece: number): void {
    this.#changeHolders(piece, 1);
  }

  removeHolder(piece: number): void {
    this.#changeHolders(piece, -1);
  }

  /** The piece is held or being fetched from now on. */
  take(piece: number): void {
    if (!this.isCandidate(piece)) return;
    this.#removeFromBucket(piece);
    this.#candidateCount -= 1;
    this.#countWanted(piece, -1);
  }

  /** The piece has to be fetched (again). */
  release(piece: number): void {
    if (this.isCandidate(piece)) return;
    this.#addToBucket(piece);
    this.#candidateCount += 1;
    this.#countWanted(piece, 1);
  }

  /** The rarest candidate that the peer holds, or undefined. */
  pickRarest({ bitfield, wantedCount }: Source): number | undefined {
    if (wantedCount === 0) return undefined;
    for (const bucket of this.#buckets) {
      const picked = this.#pickFrom(bucket, bitfield);
      if (picked !== undefined) return picked;
    }
    return undefined;
  }

  /** Any candidate that the peer holds: a newcomer does better with something soon than with the rarest. */
  pickRandom({ bitfield, wantedCount }: Source): number | undefined {
    if (wantedCount === 0) return undefined;
    const first = this.#random.below(Math.max(1, this.#buckets.length));
    for (let i = 0; i < this.#buckets.length; i += 1) {
      const bucket = this.#buckets[(first + i) % this.#buckets.length] ?? [];
      const picked = this.#pickFrom(bucket, bitfield);
      if (picked !== undefined) return picked;
    }
    return undefined;
  }

  /** A candidate that no connected peer claims. */
  pickUnclaimed(): number | undefined {
    const bucket = this.#seederCount === 0 ? this.#buckets[0] : undefined;
    return bucket?.[this.#random.below(Math.max(1, bucket.length))];
  }

  #pickFrom(bucket: readonly number[], held: Bitfield): number | undefined {
    if (bucket.length === 0) return undefined;
    const first = this.#random.below(bucket.length);
    for (let i = 0; i < bucket.length; i += 1) {
      const piece = bucket[(first + i) % bucket.length];
      if (piece !== undefined && held.has(piece)) return piece;
    }
    return undefined;
  }

  #countWanted(piece: number, by: 1 | -1): void {
    for (const source of this.#sources) {
      if (source.bitfield.has(piece)) source.wantedCount += by;
    }
  }

  #changeHolders(piece: number, by: 1 | -1): void {
    const isCandidate = this.isCandidate(piece);
    if (isCandidate) this.#removeFromBucket(piece);
    const holders = (this.#holders[piece] ?? 0) + by;
    this.#holders[piece] = holders;
    if (holders === 0) this.#unheldCount += 1;
    if (holders === 1 && by === 1) this.#unheldCount -= 1;
    if (isCandidate) this.#addToBucket(piece);
  }

  #addToBucket(piece: number): void {
    const bucket = this.#bucketOf(piece);
    this.#places[piece] = bucket.length;
    bucket.push(piece);
  }

  #removeFromBucket(piece: number): void {
    const place = this.#places[piece] ?? -1;
    const bucket = this.#bucketOf(piece);
    const last = bucket.pop();
    if (last !== undefined && last !== piece) {
      bucket[place] = last;
      this.#places[last] = place;
    }
    this.#places[piece] = -1;
  }

  #bucketOf(piece: number): number[] {
    const holders = this.#holders[piece] ?? 0;
    while (this.#buckets.length <= holders) this.#buckets.push([]);
    return this.#buckets[holders] ?? [];
  }
}
