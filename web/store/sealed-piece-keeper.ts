import type { Bytes } from '../../shared/share/bytes.ts';
import type { Geometry } from '../../shared/share/geometry.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import { computeSealedLength } from '../../shared/share/geometry.ts';

const MAX_UNCOMMITTED_BYTES = 64 * 1024 * 1024;

/** Keeps sealed pieces for later as long as a budget of bytes lasts. Nobody waits for it, and its failures cost nothing. */
export class SealedPieceKeeper {
  readonly #store: PieceStore;
  readonly #geometry: Geometry;
  readonly #budgetBytes: number;
  /** Undefined until the store has said what it holds already. */
  #keptBytes: Promise<number> | undefined;
  #reservedBytes = 0;
  #uncommittedBytes = 0;
  #isStopped = false;

  constructor(store: PieceStore, geometry: Geometry, budgetBytes: number) {
    this.#store = store;
    this.#geometry = geometry;
    this.#budgetBytes = budgetBytes;
  }

  keep(piece: number, sealed: Bytes): void {
    // A slow disk must not make a queue in memory: the piece can be sealed again.
    if (this.#isStopped || this.#uncommittedBytes > MAX_UNCOMMITTED_BYTES) return;
    this.#uncommittedBytes += sealed.byteLength;
    void this.#keep(piece, sealed);
  }

  /** From now on nothing is kept; what was handed over already may still be. */
  stop(): void {
    this.#isStopped = true;
  }

  async #keep(piece: number, sealed: Bytes): Promise<void> {
    try {
      this.#keptBytes ??= this.#measureKept();
      const heldBytes = await this.#keptBytes;
      const total = heldBytes + this.#reservedBytes + sealed.byteLength;
      if (this.#isStopped || total > this.#budgetBytes) return;
      this.#reservedBytes += sealed.byteLength;
      await this.#store.put(piece, sealed);
    } catch {
      // A full or broken store will not take the next one either.
      this.#isStopped = true;
    } finally {
      this.#uncommittedBytes -= sealed.byteLength;
    }
  }

  async #measureKept(): Promise<number> {
    let bytes = 0;
    for (const piece of await this.#store.held()) {
      if (piece < this.#geometry.pieceCount) bytes += computeSealedLength(this.#geometry, piece);
    }
    return bytes;
  }
}
