import type { Burst } from './frame.ts';
import type { Agenda } from './lane.ts';
import type { SimulatedChannel } from './simulated-channel.ts';
import { computeBlockBytes, computeLineBytes } from './frame.ts';

interface Outgoing {
  readonly channel: SimulatedChannel;
  readonly burst: Burst;
  readonly tookMs: number;
}

/** Control frames are let go so far ahead at most: who floods is kept waiting by a real event. */
const MAX_AHEAD_MS = 10;

/**
 * What a host can send in all, shared by its channels in turns of one block: so many TCP-like flows over one
 * bottleneck get as much each, and a block is the least that anybody can use. A channel that its own congestion
 * window holds back gives its turn to the others. Control frames take their turns and their time as well, but nothing
 * happens when they have left, so that costs no event unless there are very many.
 */
export class SimulatedUplink {
  readonly #agenda: Agenda;
  /** Channels with frames waiting, whose turn it is first. */
  readonly #turns: SimulatedChannel[] = [];
  #isSending = false;
  #frozenUntilMs = 0;
  /** When all that has had its turn will have left. */
  #freeAtMs = 0;
  bytesPerSecond: number;
  /** Of blocks. */
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

  /** The block that was being sent has left. */
  handle(outgoing: Outgoing | undefined): void {
    this.#isSending = false;
    if (outgoing !== undefined) {
      const { channel, burst, tookMs } = outgoing;
      this.sentBytes += computeBlockBytes(burst);
      channel.deliver(burst, tookMs, this.#agenda.nowMs);
    }
    this.#sendNext();
  }

  #sendNext(): void {
    if (this.#isSending || this.isFrozen) return;
    // Whoever has more to send is put behind the others meanwhile.
    this.#isSending = true;
    for (let channel = this.#turns.shift(); channel !== undefined; channel = this.#turns.shift()) {
      const burst = channel.takeBurst();
      const tookMs = (computeLineBytes(burst) * 1_000) / this.bytesPerSecond;
      this.#freeAtMs = Math.max(this.#freeAtMs, this.#agenda.nowMs) + tookMs;
      if (computeBlockBytes(burst) === 0) {
        channel.deliver(burst, 0, this.#freeAtMs);
        if (this.#freeAtMs - this.#agenda.nowMs < MAX_AHEAD_MS) continue;
        this.#agenda.handAt(this.#freeAtMs, this, undefined);
        return;
      }
      this.#agenda.handAt(this.#freeAtMs, this, { channel, burst, tookMs });
      return;
    }
    this.#isSending = false;
  }
}
