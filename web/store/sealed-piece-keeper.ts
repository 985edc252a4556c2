import type { Bytes } from '../../shared/share/bytes.ts';
import type { Geometry } from '../../shared/share/geometry.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import { computeSealedLength } from '../../shared/share/geometry.ts';

/** Keeps sealed pieces for later as long as a budget of bytes lasts. Its failures cost nothing. */
export class SealedPieceKeeper {
  readonly #store: PieceStore;
  readonly #geometry: Geometry;
  readonly #budgetBytes: number;
  /** Undefined until the store has said what it holds already. */
  #kept: Promise<Set<number>> | undefined;
  #keptBytes = 0;
  #isStopped = false;

  constructor(store: PieceStore, geometry: Geometry, budgetBytes: number) {
    this.#store = store;
    this.#geometry = geometry;
    this.#budgetBytes = budgetBytes;
  }

  /** What the store held at first, and whatever was kept since: it goes on growing. */
  readKept(): Promise<Set<number>> {
    this.#kept ??= this.#measureKept();
    return this.#kept;
  }

  async has(piece: number): Promise<boolean> {
    return (await this.readKept()).has(piece);
  }

  /** Whether another piece is worth trying: not past the budget, nor when the store would not take this one. */
  async keep(piece: number, sealed: Bytes): Promise<boolean> {
    const kept = await this.readKept();
    if (this.#isStopped || this.#keptBytes + sealed.byteLength > this.#budgetBytes) return false;
    kept.add(piece);
    this.#keptBytes += sealed.byteLength;
    try {
      await this.#store.put(piece, sealed);
      return true;
    } catch {
      this.#isStopped = true;
      return false;
    }
  }

  /** From now on nothing is kept; what was handed over already may still be. */
  stop(): void {
    this.#isStopped = true;
  }

  async #measureKept(): Promise<Set<number>> {
    try {
      const held = await this.#store.held();
      for (const piece of held) {
        if (piece < this.#geometry.pieceCount) {
          this.#keptBytes += computeSealedLength(this.#geometry, piece);
        }
      }
      return new Set(held);
    } catch {
      this.#isStopped = true;
      return new Set();
    }
  }
}
