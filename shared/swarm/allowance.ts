const MINUTE_MS = 60_000;

export interface AllowanceRate {
  /** After a pause. */
  readonly atOnce: number;
  readonly perMinute: number;
}

/** So many at once, and a steady rate after them. */
export class Allowance {
  readonly #rate: AllowanceRate;
  #left: number;
  #filledAtMs: number;

  constructor(rate: AllowanceRate, nowMs: number) {
    this.#rate = rate;
    this.#left = rate.atOnce;
    this.#filledAtMs = nowMs;
  }

  hasOne(nowMs: number): boolean {
    const { atOnce, perMinute } = this.#rate;
    const gained = ((nowMs - this.#filledAtMs) / MINUTE_MS) * perMinute;
    this.#left = Math.min(atOnce, this.#left + gained);
    this.#filledAtMs = nowMs;
    return this.#left >= 1;
  }

  take(): void {
    this.#left -= 1;
  }
}
