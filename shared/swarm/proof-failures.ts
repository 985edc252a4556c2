import type { Clock } from './ports/clock.ts';

/** One attempt fails in several ways at once: an offer that does not open is followed by its candidates. */
const ONE_ATTEMPT_MS = 1_000;

/** How often in a row somebody could not show that they have the link (A7). */
export class ProofFailures {
  readonly #clock: Clock;
  #count = 0;
  #countedAtMs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    return this.#count;
  }

  record(): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#countedAtMs < ONE_ATTEMPT_MS) return;
    this.#countedAtMs = nowMs;
    this.#count += 1;
  }

  /** Somebody has shown it. */
  clear(): void {
    this.#count = 0;
  }
}
