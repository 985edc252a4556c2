/** Far less than a byte, and far more than what rounding loses. */
const ROUNDING_BYTES = 0.01;

/** So many bytes a second, and so many at once after a pause: a token bucket. */
export class ByteBudget {
  readonly #bytesPerSecond: number;
  readonly #burstBytes: number;
  #leftBytes: number;
  #filledAtMs = 0;

  constructor(bytesPerSecond: number, burstBytes: number) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#burstBytes = burstBytes;
    this.#leftBytes = burstBytes;
  }

  /** What is larger than a burst may leave when the bucket is full, and the rest is owed. */
  mayTake(byteLength: number, nowMs: number): boolean {
    const gained = ((nowMs - this.#filledAtMs) * this.#bytesPerSecond) / 1_000;
    this.#leftBytes = Math.min(this.#burstBytes, this.#leftBytes + gained);
    this.#filledAtMs = nowMs;
    // At `readyAtMs` it is there but for rounding.
    return this.#leftBytes >= Math.min(byteLength, this.#burstBytes) - ROUNDING_BYTES;
  }

  take(byteLength: number): void {
    this.#leftBytes -= byteLength;
  }

  /** May be taken beyond what comes by itself. */
  give(byteLength: number): void {
    this.#leftBytes = Math.min(this.#burstBytes, this.#leftBytes + byteLength);
  }

  /** When that may be taken, as far as is known now. */
  readyAtMs(byteLength: number): number {
    const lackingBytes = Math.min(byteLength, this.#burstBytes) - this.#leftBytes;
    return this.#filledAtMs + Math.max(0, (lackingBytes * 1_000) / this.#bytesPerSecond);
  }
}
