/** Longer than between any two looks of a page that runs, even where its timers are held back to one a second. */
const ASLEEP_MS = 30_000;

/** Notices that the page stood still: with the machine, or frozen by the browser. */
export class SleepWatch {
  readonly #epochMs: () => number;
  #lookedAtMs: number;

  /** Monotonic clocks may stand still as well, so it goes by the wall's: where that is set, nothing is lost. */
  constructor(epochMs: () => number) {
    this.#epochMs = epochMs;
    this.#lookedAtMs = epochMs();
  }

  /** Called now and then. Whether it did since the last call. */
  look(): boolean {
    const nowMs = this.#epochMs();
    const hasSlept = nowMs - this.#lookedAtMs > ASLEEP_MS;
    this.#lookedAtMs = nowMs;
    return hasSlept;
  }
}
