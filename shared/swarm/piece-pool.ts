import { Bitfield } from '../wire/bitfield.ts';

/** Pieces in the order in which they are to be taken, the last one first, each at most once. */
export class PiecePool {
  readonly #pieces: number[];
  readonly #members: Bitfield;

  constructor(pieceCount: number, pieces: readonly number[]) {
    this.#pieces = [...pieces];
    this.#members = Bitfield.of(pieceCount, pieces);
  }

  /** To be taken next, unless it is in the pool already. */
  add(piece: number): void {
    if (this.#members.add(piece)) this.#pieces.push(piece);
  }

  take(): number | undefined {
    const piece = this.#pieces.pop();
    if (piece !== undefined) this.#members.remove(piece);
    return piece;
  }
}
