/** What may pass at once after a pause. */
const BURST_SECONDS = 0.1;
/** So much is made up for at most where somebody who waited was woken late, as in a hidden tab. */
const LATE_SECONDS = 1.5;
/** Far less than a byte, and far more than what rounding loses. */
const ROUNDING_BYTES = 0.01;

/** So many bytes a second on the average, as a person allows. */
export class RateLimit {
  #bytesPerSecond: number;
  #leftBytes: number;
  #filledAtMs: number;
  /** Something was held back since it was filled last. */
  #isWaiting = false;
  #whole: RateLimit | undefined;

  /** What passes counts for `whole` as well, which several may have in common. */
  constructor(bytesPerSecond: number, nowMs: number, whole?: RateLimit) {
    this.#whole = whole;
    this.#bytesPerSecond = bytesPerSecond;
    this.#leftBytes = bytesPerSecond * BURST_SECONDS;
    this.#filledAtMs = nowMs;
  }

  /** What has been used up stays so. */
  change(bytesPerSecond: number, nowMs: number, whole?: RateLimit): void {
    this.#whole = whole;
    const isWaiting = this.#isWaiting;
    this.#fill(nowMs);
    this.#isWaiting = isWaiting;
    this.#bytesPerSecond = bytesPerSecond;
    this.#leftBytes = Math.min(this.#leftBytes, this.#burstBytes);
  }

  /** What is larger than a burst may pass when that is free, and the rest is owed. */
  mayTake(byteLength: number, nowMs: number): boolean {
    this.#fill(nowMs);
    const isFree = this.#leftBytes >= this.#neededFor(byteLength) - ROUNDING_BYTES;
    if (isFree && this.#whole?.mayTake(byteLength, nowMs) !== false) return true;
    this.#holdBack(nowMs);
    return false;
  }

  take(byteLength: number): void {
    this.#leftBytes -= byteLength;
    this.#whole?.take(byteLength);
  }

  /** When that may be taken, as far as is known now. */
  readyAtMs(byteLength: number): number {
    const lackingBytes = this.#neededFor(byteLength) - this.#leftBytes;
    const readyAtMs = this.#filledAtMs + Math.max(0, (lackingBytes * 1_000) / this.#bytesPerSecond);
    return Math.max(readyAtMs, this.#whole?.readyAtMs(byteLength) ?? 0);
  }

  get #burstBytes(): number {
    return this.#bytesPerSecond * BURST_SECONDS;
  }

  #neededFor(byteLength: number): number {
    return Math.min(byteLength, this.#burstBytes);
  }

  #holdBack(nowMs: number): void {
    this.#fill(nowMs);
    this.#isWaiting = true;
    if (this.#whole !== undefined) this.#whole.#holdBack(nowMs);
  }

  #fill(nowMs: number): void {
    if (nowMs <= this.#filledAtMs) return;
    const mostBytes = this.#bytesPerSecond * (this.#isWaiting ? LATE_SECONDS : BURST_SECONDS);
    const gainedBytes = ((nowMs - this.#filledAtMs) * this.#bytesPerSecond) / 1_000;
    this.#leftBytes = Math.max(this.#leftBytes, Math.min(mostBytes, this.#leftBytes + gainedBytes));
    this.#filledAtMs = nowMs;
    this.#isWaiting = false;
  }
}
