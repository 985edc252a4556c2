import type { Bytes } from '../../shared/share/bytes.ts';
import type { Geometry } from '../../shared/share/geometry.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import type { Transfer } from './app-state.ts';
import type { FileDesk } from './file-desk.ts';
import { listPieces } from '../../shared/share/piece-ranges.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { quietly } from './quietly.ts';
import { computeRestingTransfer, computeStoppedTransfer } from './resting-transfer.ts';

/**
 * What is stored of a share that does not run. It is looked at and saved as while it runs; nothing is fetched, and
 * nobody gets any of it.
 */
export class RestingPieces {
  readonly isResting = true;
  readonly #store: PieceStore;
  readonly #geometry: Geometry;
  /** Looked at whenever something has changed. */
  readonly #goal: () => Pick<FileDesk, 'wantedRanges' | 'goalBytes'>;
  #held: Bitfield;
  #changes = 0;
  #isComplete = false;
  #transfer: Transfer = NO_TRANSFER;

  constructor(
    store: PieceStore,
    geometry: Geometry,
    goal: () => Pick<FileDesk, 'wantedRanges' | 'goalBytes'>,
  ) {
    this.#store = store;
    this.#geometry = geometry;
    this.#goal = goal;
    this.#held = new Bitfield(geometry.pieceCount);
  }

  get transfer(): Transfer {
    return this.#transfer;
  }

  get missingBytes(): number {
    return this.#transfer.goalBytes - this.#transfer.heldBytes;
  }

  get heldChanges(): number {
    return this.#changes;
  }

  has(piece: number): boolean {
    return this.#held.has(piece);
  }

  snapshot(): { readonly isComplete: boolean } {
    return { isComplete: this.#isComplete };
  }

  /** It ran until now, and had come so far. */
  takeFrom(runner: { readonly has: (piece: number) => boolean }, last: Transfer): void {
    const pieces = listPieces([[0, this.#geometry.pieceCount - 1]]);
    this.#hold([...pieces].filter((piece) => runner.has(piece)));
    this.#transfer = computeStoppedTransfer(last);
  }

  /** Looks at what is stored. */
  async recheck(): Promise<void> {
    const held = await quietly(this.#store.held());
    if (held !== undefined) this.#hold(held);
  }

  async read(piece: number, form: 'verified' | 'stored' = 'verified'): Promise<Bytes | undefined> {
    const store = this.#store;
    const sealed = await (form === 'stored' && store.getUnverified !== undefined
      ? store.getUnverified(piece)
      : store.get(piece));
    if (sealed === undefined && this.#held.remove(piece)) this.#measure();
    return sealed;
  }

  /** Other files are wanted, and some of them may be here. */
  instruct(): void {
    this.#measure();
  }

  setFocus(): void {}

  #hold(held: Iterable<number>): void {
    this.#held = Bitfield.of(this.#geometry.pieceCount, held);
    this.#measure();
  }

  #measure(): void {
    this.#changes += 1;
    const { wantedRanges, goalBytes } = this.#goal();
    const { sentBytes } = this.#transfer;
    const transfer = computeRestingTransfer(this.#geometry, this.#held, wantedRanges, goalBytes);
    this.#isComplete = transfer.percent === 100;
    this.#transfer = { ...transfer, sentBytes };
  }
}
