import type { EventLoopLag } from './event-loop-lag.ts';

/** What is told is at least so old before it is forgotten, and at most twice as old. */
const PART_MS = 10_000;

/** The longest pause of the last ten to twenty seconds: who asks takes nothing away from others who do. */
export class RecentLag {
  readonly #lag: EventLoopLag;
  readonly #timer: NodeJS.Timeout;
  #earlierMs = 0;
  #latestMs = 0;

  constructor(lag: EventLoopLag) {
    this.#lag = lag;
    this.#timer = setInterval(() => this.#turn(), PART_MS).unref();
  }

  readMs(): number {
    this.#latestMs = Math.max(this.#latestMs, this.#lag.takeMs());
    return Math.max(this.#earlierMs, this.#latestMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#lag.stop();
  }

  #turn(): void {
    this.readMs();
    this.#earlierMs = this.#latestMs;
    this.#latestMs = 0;
  }
}
