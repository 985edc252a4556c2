import type { EventQueue } from './event-queue.ts';

/** What a host can receive in all: first come, first served. */
export class SimulatedDownlink {
  readonly #queue: EventQueue;
  readonly #bytesPerSecond: number;
  #freeAtMs = 0;

  constructor(queue: EventQueue, bytesPerSecond: number) {
    this.#queue = queue;
    this.#bytesPerSecond = bytesPerSecond;
  }

  get isLimited(): boolean {
    return this.#bytesPerSecond < Infinity;
  }

  /** Runs when these bytes, and all that came before them, are through. */
  receive(byteLength: number, run: () => void): void {
    const startMs = Math.max(this.#freeAtMs, this.#queue.nowMs);
    this.#freeAtMs = startMs + (byteLength * 1_000) / this.#bytesPerSecond;
    this.#queue.at(this.#freeAtMs, run);
  }
}
