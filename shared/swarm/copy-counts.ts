import type { Geometry } from '../share/geometry.ts';
import { computePieceLength } from '../share/geometry.ts';

/** How many copies there are of a share besides the sharer's own, as the sharer has seen them itself. */
export interface Copies {
  /** How many of each piece are asked for. */
  readonly target: number;
  /** How many there are of the rarest. */
  readonly minimum: number;
  /** One a piece. */
  readonly counts: Uint8Array;
  /** What has to be sent until there are as many as asked for. */
  readonly missingBytes: number;
  /** Of every piece there are as many as asked for: the sharer's tab may be closed. */
  readonly mayClose: boolean;
}

/** Counts the copies of each piece. O(1) a change. */
export class CopyCounts {
  readonly #geometry: Geometry;
  readonly #counts: Uint8Array;
  #target = 0;
  /** Pieces of which there are too few. */
  #lackingCount = 0;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    this.#counts = new Uint8Array(geometry.pieceCount);
  }

  get target(): number {
    return this.#target;
  }

  get areEnough(): boolean {
    return this.#lackingCount === 0;
  }

  countOf(piece: number): number {
    return this.#counts[piece] ?? 0;
  }

  setTarget(target: number): void {
    this.#target = target;
    this.#lackingCount = this.#counts.reduce((sum, count) => sum + (count < target ? 1 : 0), 0);
  }

  add(piece: number): void {
    const count = this.countOf(piece) + 1;
    this.#counts[piece] = count;
    if (count === this.#target) this.#lackingCount -= 1;
  }

  remove(piece: number): void {
    const count = this.countOf(piece);
    this.#counts[piece] = count - 1;
    if (count === this.#target) this.#lackingCount += 1;
  }

  compute(): Copies {
    const target = this.#target;
    let minimum = Infinity;
    let missingBytes = 0;
    for (const [piece, count] of this.#counts.entries()) {
      minimum = Math.min(minimum, count);
      if (count < target)
        missingBytes += (target - count) * computePieceLength(this.#geometry, piece);
    }
    const counts = this.#counts.slice();
    return { target, minimum, counts, missingBytes, mayClose: this.areEnough };
  }
}
