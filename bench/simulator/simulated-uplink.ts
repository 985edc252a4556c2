import type { EventQueue } from './event-queue.ts';
import type { SimulatedChannel } from './simulated-channel.ts';

/**
 * What a host can send in all, shared by its channels in turns of one block: so many TCP-like flows over one
 * bottleneck get as much each, and a block is the least that anybody can use. A channel that its own congestion
 * window holds back gives its turn to the others. Control frames take no time.
 */
export class SimulatedUplink {
  readonly #queue: EventQueue;
  /** Channels with frames waiting, whose turn it is first. */
  readonly #turns = new Set<SimulatedChannel>();
  #isSending = false;
  #frozenUntilMs = 0;
  bytesPerSecond: number;
  sentBytes = 0;

  constructor(queue: EventQueue, bytesPerSecond: number) {
    this.#queue = queue;
    this.bytesPerSecond = bytesPerSecond;
  }

  get isFrozen(): boolean {
    return this.#queue.nowMs < this.#frozenUntilMs;
  }

  /** Nothing leaves for so long. */
  freeze(forMs: number): void {
    this.#frozenUntilMs = Math.max(this.#frozenUntilMs, this.#queue.nowMs + forMs);
    this.#queue.after(forMs, () => this.#sendNext());
  }

  /** The channel has something to send, and its window is open. */
  offer(channel: SimulatedChannel): void {
    this.#turns.add(channel);
    if (!this.#isSending) this.#sendNext();
  }

  withdraw(channel: SimulatedChannel): void {
    this.#turns.delete(channel);
  }

  #sendNext(): void {
    if (this.#isSending || this.isFrozen) return;
    for (const channel of this.#turns) {
      this.#turns.delete(channel);
      const burst = channel.takeBurst();
      if (burst.byteLength === 0) {
        channel.deliver(burst, 0);
        continue;
      }
      this.#isSending = true;
      const tookMs = (burst.byteLength * 1_000) / this.bytesPerSecond;
      this.#queue.after(tookMs, () => {
        this.#isSending = false;
        this.sentBytes += burst.byteLength;
        channel.deliver(burst, tookMs);
        this.#sendNext();
      });
      return;
    }
  }
}
