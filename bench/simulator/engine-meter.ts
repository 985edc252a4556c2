/** Of so many calls one is timed: a clock read twice on each would cost as much as the engine. A prime. */
const SAMPLE_EVERY = 61;

/** Estimates the processor time of the engines of one run. */
export class EngineMeter {
  readonly #readMs: () => number;
  #callCount = 0;
  #sampledMs = 0;

  /** `readMs` reads a clock of the real world. */
  constructor(readMs: () => number) {
    this.#readMs = readMs;
  }

  get callCount(): number {
    return this.#callCount;
  }

  get estimatedMs(): number {
    return this.#sampledMs * SAMPLE_EVERY;
  }

  measure<Result>(call: () => Result): Result {
    this.#callCount += 1;
    if (this.#callCount % SAMPLE_EVERY !== 0) return call();
    const startedAtMs = this.#readMs();
    const result = call();
    this.#sampledMs += this.#readMs() - startedAtMs;
    return result;
  }
}
