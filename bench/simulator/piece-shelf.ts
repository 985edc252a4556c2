import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { Bitfield } from '../../shared/wire/bitfield.ts';

interface Assembly {
  blockCount: number;
  isTrue: boolean;
}

/** One host's pieces: being put together, verified in memory, committed. Only truth is modelled, not bytes. */
export class PieceShelf {
  /** Committed: outlives the page. */
  readonly stored: Bitfield;
  /** Verified, and not committed yet. */
  readonly uncommitted = new Set<number>();
  /** Lost, and nobody has noticed yet. */
  readonly unnoticed = new Set<number>();
  readonly #assemblies = new Map<string, Assembly>();

  constructor(stored: Bitfield) {
    this.stored = stored;
  }

  get assemblyCount(): number {
    return this.#assemblies.size;
  }

  get isHoldingAny(): boolean {
    return this.stored.count > 0 || this.uncommitted.size > 0;
  }

  /** Whether the piece can be read. */
  has(piece: number): boolean {
    return this.stored.has(piece) || this.uncommitted.has(piece);
  }

  take(peerId: PeerId, piece: number, isTrue: boolean): void {
    const key = `${peerId}/${piece}`;
    const assembly = this.#assemblies.get(key) ?? { blockCount: 0, isTrue: true };
    assembly.blockCount += 1;
    assembly.isTrue &&= isTrue;
    this.#assemblies.set(key, assembly);
  }

  abandon(peerId: PeerId, piece: number): void {
    this.#assemblies.delete(`${peerId}/${piece}`);
  }

  /** Whether every block came, and every one was true. */
  verify(peerId: PeerId, piece: number, blockCount: number): boolean {
    const key = `${peerId}/${piece}`;
    const assembly = this.#assemblies.get(key);
    this.#assemblies.delete(key);
    if (assembly?.blockCount !== blockCount) {
      throw new Error(`piece ${piece} was verified with ${assembly?.blockCount ?? 0} blocks`);
    }
    return assembly.isTrue;
  }

  hold(piece: number): void {
    this.unnoticed.delete(piece);
    this.uncommitted.add(piece);
  }

  commit(piece: number): void {
    // It may have been dropped since.
    if (this.uncommitted.delete(piece)) this.stored.add(piece);
  }

  lose(piece: number): void {
    if (this.stored.remove(piece)) this.unnoticed.add(piece);
  }

  /** Thrown away, and not noticed by whoever asks no more. */
  discard(piece: number): void {
    this.uncommitted.delete(piece);
    this.stored.remove(piece);
    this.unnoticed.add(piece);
  }

  /** Dropped on purpose. */
  forget(piece: number): void {
    this.stored.remove(piece);
    this.uncommitted.delete(piece);
    this.unnoticed.delete(piece);
  }

  empty(): void {
    for (const piece of this.stored.pieces()) this.stored.remove(piece);
    this.crash();
  }

  /** The page is gone, and all that it had in memory. */
  crash(): void {
    this.uncommitted.clear();
    this.unnoticed.clear();
    this.#assemblies.clear();
  }

  /** Of what was committed some never reached the disk, or is not what it was: that shows when it is read. */
  tear(pieces: Iterable<number>, isAltered: boolean): void {
    for (const piece of pieces) {
      if (this.stored.remove(piece) && isAltered) this.unnoticed.add(piece);
    }
  }
}
