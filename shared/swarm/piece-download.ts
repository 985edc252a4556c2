import type { BlockLayout } from '../wire/blocks.ts';

/** One piece being fetched from one peer: what was asked for, what has come. */
export class PieceDownload {
  readonly piece: number;
  readonly layout: BlockLayout;
  /** When each outstanding block was asked for. */
  readonly #askedAtMs = new Map<number, number>();
  #nextBlock = 0;
  #receivedCount = 0;

  constructor(piece: number, layout: BlockLayout) {
    this.piece = piece;
    this.layout = layout;
  }

  get hasMoreToAsk(): boolean {
    return this.#nextBlock < this.layout.blockCount;
  }

  get isComplete(): boolean {
    return this.#receivedCount === this.layout.blockCount;
  }

  get missingBytes(): number {
    return (this.layout.blockCount - this.#receivedCount) * this.layout.blockLength;
  }

  get outstandingBlocks(): readonly number[] {
    return [...this.#askedAtMs.keys()];
  }

  /** The next block to ask for; blocks of one piece are asked for in order. */
  ask(nowMs: number): number {
    const block = this.#nextBlock;
    this.#nextBlock += 1;
    this.#askedAtMs.set(block, nowMs);
    return block;
  }

  /** How long the block took, or undefined where it was not outstanding. */
  receive(block: number, nowMs: number): number | undefined {
    const askedAtMs = this.#askedAtMs.get(block);
    if (askedAtMs === undefined) return undefined;
    this.#askedAtMs.delete(block);
    this.#receivedCount += 1;
    return nowMs - askedAtMs;
  }
}
