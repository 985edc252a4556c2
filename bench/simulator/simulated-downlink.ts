import type { Burst } from './frame.ts';
import type { EventQueue } from './event-queue.ts';
import type { SimulatedChannel } from './simulated-channel.ts';
import { computeBlockBytes } from './frame.ts';

interface Incoming {
  readonly channel: SimulatedChannel;
  readonly burst: Burst;
}

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

  /** The channel receives the burst when it, and all that came before it, is through. */
  receive(channel: SimulatedChannel, burst: Burst): void {
    const startMs = Math.max(this.#freeAtMs, this.#queue.nowMs);
    this.#freeAtMs = startMs + (computeBlockBytes(burst) * 1_000) / this.#bytesPerSecond;
    this.#queue.handAt(this.#freeAtMs, this, { channel, burst });
  }

  handle({ channel, burst }: Incoming): void {
    channel.receiveWaiting(burst);
  }
}
