import type { Burst } from './frame.ts';
import type { Agenda } from './lane.ts';
import type { SimulatedChannel } from './simulated-channel.ts';
import { computeLineBytes } from './frame.ts';

interface Incoming {
  readonly channel: SimulatedChannel;
  readonly burst: Burst;
}

/** What a host can receive in all: first come, first served. */
export class SimulatedDownlink {
  readonly #agenda: Agenda;
  readonly #bytesPerSecond: number;
  #freeAtMs = 0;

  constructor(agenda: Agenda, bytesPerSecond: number) {
    this.#agenda = agenda;
    this.#bytesPerSecond = bytesPerSecond;
  }

  get isLimited(): boolean {
    return this.#bytesPerSecond < Infinity;
  }

  /** The channel's burst comes to this end then. */
  expect(atMs: number, channel: SimulatedChannel, burst: Burst): void {
    this.#agenda.handAt(atMs, channel, burst);
  }

  /** The channel receives the burst when it, and all that came before it, is through. */
  receive(channel: SimulatedChannel, burst: Burst): void {
    this.#agenda.handAt(this.#take(burst), this, { channel, burst });
  }

  /** Control frames with nothing of their channel before them cost no event: they keep others back, and do not wait. */
  recordControl(burst: Burst): void {
    this.#take(burst);
  }

  handle({ channel, burst }: Incoming): void {
    channel.receiveWaiting(burst);
  }

  /** Returns when it is through. */
  #take(burst: Burst): number {
    const startMs = Math.max(this.#freeAtMs, this.#agenda.nowMs);
    this.#freeAtMs = startMs + (computeLineBytes(burst) * 1_000) / this.#bytesPerSecond;
    return this.#freeAtMs;
  }
}
