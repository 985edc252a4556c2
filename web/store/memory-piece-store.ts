import type { Bytes } from '../../shared/share/bytes.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';

/** Sealed pieces in memory, for tests and small shares. It copies in and out, as a database would. */
export class MemoryPieceStore implements PieceStore {
  readonly #pieces = new Map<number, Bytes>();

  async held(): Promise<readonly number[]> {
    return [...this.#pieces.keys()].toSorted((a, b) => a - b);
  }

  async get(piece: number): Promise<Bytes | undefined> {
    return this.#pieces.get(piece)?.slice();
  }

  async put(piece: number, sealed: Bytes): Promise<void> {
    this.#pieces.set(piece, sealed.slice());
  }

  async remove(piece: number): Promise<void> {
    this.#pieces.delete(piece);
  }

  async clear(): Promise<void> {
    this.#pieces.clear();
  }
}
