export interface BucketRate {
  /** Tokens that a full bucket holds. */
  readonly burst: number;
  readonly perSecond: number;
}

/** Allows bursts, and a steady rate after them. */
export class TokenBucket {
  readonly #rate: BucketRate;
  #tokens: number;
  #updatedMs: number;

  constructor(rate: BucketRate, nowMs: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#updatedMs = nowMs;
  }

  /** Takes one token and returns 0, or takes none and returns the milliseconds until there is one. */
  take(nowMs: number): number {
    const delayMs = this.computeDelayMs(nowMs);
    if (delayMs === 0) this.#tokens -= 1;
    return delayMs;
  }

  /** Milliseconds until there is a token; 0 where there is one now. */
  computeDelayMs(nowMs: number): number {
    const { burst, perSecond } = this.#rate;
    const gained = ((nowMs - this.#updatedMs) / 1000) * perSecond;
    this.#tokens = Math.min(burst, this.#tokens + gained);
    this.#updatedMs = nowMs;
    return this.#tokens < 1 ? Math.ceil(((1 - this.#tokens) / perSecond) * 1000) : 0;
  }
}
