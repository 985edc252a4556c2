import type { Burst } from './frame.ts';
import type { Agenda } from './lane.ts';
import type { SimulatedChannel } from './simulated-channel.ts';
import { computeBlockBytes } from './frame.ts';

interface Outgoing {
  readonly channel: SimulatedChannel;
  readonly burst: Burst;
  readonly byteLength: number;
  readonly tookMs: number;
}

/**
 * What a host can send in all, shared by its channels in turns of one block: so many TCP-like flows over one
 * bottleneck get as much each, and a block is the least that anybody can use. A channel that its own congestion
 * window holds back gives its turn to the others. Control frames take no time.
 */
export class SimulatedUplink {
  readonly #agenda: Agenda;
  /** Channels with frames waiting, whose turn it is first. */
  readonly #turns: SimulatedChannel[] = [];
  #isSending = false;
  #frozenUntilMs = 0;
  bytesPerSecond: number;
  sentBytes = 0;

  constructor(agenda: Agenda, bytesPerSecond: number) {
    this.#agenda = agenda;
    this.bytesPerSecond = bytesPerSecond;
  }

  get isFrozen(): boolean {
    return this.#agenda.nowMs < this.#frozenUntilMs;
  }

  /** Nothing leaves for so long. */
  freeze(forMs: number): void {
    this.#frozenUntilMs = Math.max(this.#frozenUntilMs, this.#agenda.nowMs + forMs);
    this.#agenda.after(forMs, () => this.#sendNext());
  }

  /** The channel has something to send, and its window is open. */
  offer(channel: SimulatedChannel): void {
    if (!this.#turns.includes(channel)) this.#turns.push(channel);
    if (!this.#isSending) this.#sendNext();
  }

  withdraw(channel: SimulatedChannel): void {
    const turn = this.#turns.indexOf(channel);
    if (turn >= 0) this.#turns.splice(turn, 1);
  }

  /** What was being sent has left. */
  handle({ channel, burst, byteLength, tookMs }: Outgoing): void {
    this.#isSending = false;
    this.sentBytes += byteLength;
    channel.deliver(burst, tookMs);
    this.#sendNext();
  }

  #sendNext(): void {
    if (this.#isSending || this.isFrozen) return;
    for (let channel = this.#turns.shift(); channel !== undefined; channel = this.#turns.shift()) {
      const burst = channel.takeBurst();
      const byteLength = computeBlockBytes(burst);
      if (byteLength === 0) {
        channel.deliver(burst, 0);
        continue;
      }
      this.#isSending = true;
      const tookMs = (byteLength * 1_000) / this.bytesPerSecond;
      const outgoing = { channel, burst, byteLength, tookMs };
      this.#agenda.handAt(this.#agenda.nowMs + tookMs, this, outgoing);
      return;
    }
  }
}
