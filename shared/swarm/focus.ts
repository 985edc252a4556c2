import type { PieceRange } from '../share/piece-ranges.ts';
import type { Bitfield } from '../wire/bitfield.ts';
import { listPieces } from '../share/piece-ranges.ts';
import { MAX_FOCUSED_PIECES } from './limits.ts';

/** Pieces that somebody waits for: they come before all others, in the order in which they were named. */
export class Focus {
  readonly #held: Bitfield;
  #pieces: readonly number[] = [];
  /** Whatever comes before it is held. */
  #begin = 0;

  constructor(held: Bitfield) {
    this.#held = held;
  }

  /** Takes the place of what was named before. */
  set(ranges: Iterable<PieceRange>): void {
    const pieces = new Set<number>();
    for (const piece of listPieces(ranges)) if (piece < this.#held.length) pieces.add(piece);
    this.#pieces = [...pieces];
    this.#begin = 0;
  }

  /** A piece is held no longer. */
  rewind(): void {
    this.#begin = 0;
  }

  get isMet(): boolean {
    return this.missing().next().done === true;
  }

  /** Those to be fetched next, the most urgent first. */
  *missing(): Generator<number> {
    while (this.#isHeld(this.#begin)) this.#begin += 1;
    let count = 0;
    for (let i = this.#begin; i < this.#pieces.length && count < MAX_FOCUSED_PIECES; i += 1) {
      const piece = this.#pieces[i];
      if (piece === undefined || this.#held.has(piece)) continue;
      count += 1;
      yield piece;
    }
  }

  #isHeld(place: number): boolean {
    const piece = this.#pieces[place];
    return piece !== undefined && this.#held.has(piece);
  }
}
