import type { Geometry } from '../share/geometry.ts';
import { computeSealedLength } from '../share/geometry.ts';
import { MAX_ASSEMBLY_BYTES, MAX_UNCOMMITTED_BYTES } from './limits.ts';

/** Bytes of pieces that are on their way into the store, from the first request to the commit (E11). */
export class PieceMemory {
  readonly #geometry: Geometry;
  /** Verified pieces whose write has not committed. */
  readonly #uncommitted = new Set<number>();
  #assemblyBytes = 0;
  #verifyingBytes = 0;
  #uncommittedBytes = 0;

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
  }

  /** Pieces being fetched, and complete ones until they are verified. */
  get assemblyBytes(): number {
    return this.#assemblyBytes;
  }

  get uncommittedBytes(): number {
    return this.#uncommittedBytes;
  }

  /** No further piece may be begun. */
  get isAssemblyFull(): boolean {
    return this.#assemblyBytes >= MAX_ASSEMBLY_BYTES;
  }

  /** As much waits for the store as may, what is being verified included. */
  get isBacklogFull(): boolean {
    return this.#uncommittedBytes + this.#verifyingBytes >= MAX_UNCOMMITTED_BYTES;
  }

  /** Something waits for memory to become free. */
  get isFull(): boolean {
    return this.isAssemblyFull || this.isBacklogFull;
  }

  begin(piece: number): void {
    this.#assemblyBytes += computeSealedLength(this.#geometry, piece);
  }

  abandon(piece: number): void {
    this.#assemblyBytes -= computeSealedLength(this.#geometry, piece);
  }

  /** Every block has come, and the piece is being verified. */
  recordComplete(piece: number): void {
    this.#verifyingBytes += computeSealedLength(this.#geometry, piece);
  }

  /** It was found true or false. */
  recordVerified(piece: number): void {
    const sealedLength = computeSealedLength(this.#geometry, piece);
    this.#assemblyBytes -= sealedLength;
    this.#verifyingBytes -= sealedLength;
  }

  /** It is true and new, and is being written. */
  keep(piece: number): void {
    this.#uncommitted.add(piece);
    this.#uncommittedBytes += computeSealedLength(this.#geometry, piece);
  }

  /** Its write has come to an end. Returns whether it was being written. */
  settle(piece: number): boolean {
    if (!this.#uncommitted.delete(piece)) return false;
    this.#uncommittedBytes -= computeSealedLength(this.#geometry, piece);
    return true;
  }
}
