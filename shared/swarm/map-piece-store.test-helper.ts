import type { Bytes } from '../share/bytes.ts';
import type { PieceStore } from './ports/piece-store.ts';

/** A store that a test can reach into: `pieces` is all there is. */
export class MapPieceStore implements PieceStore {
  readonly pieces: Map<number, Bytes>;
  /** Runs before each put is carried out: wait here, or reject. */
  beforePut: (piece: number) => Promise<void> = async () => {};

  constructor(pieces: Iterable<readonly [number, Bytes]> = []) {
    this.pieces = new Map(pieces);
  }

  async held(): Promise<readonly number[]> {
    return [...this.pieces.keys()].toSorted((a, b) => a - b);
  }

  async get(piece: number): Promise<Bytes | undefined> {
    return this.pieces.get(piece)?.slice();
  }

  async put(piece: number, sealed: Bytes): Promise<void> {
    await this.beforePut(piece);
    this.pieces.set(piece, sealed.slice());
  }

  async remove(piece: number): Promise<void> {
    this.pieces.delete(piece);
  }

  async clear(): Promise<void> {
    this.pieces.clear();
  }
}
