interface Window {
  used: number;
  readonly endsMs: number;
}

/** Counts what each key does, in windows of one length that begin with the key's first deed. */
export class RateWindows {
  readonly #perWindow: number;
  readonly #windowMs: number;
  readonly #nowMs: () => number;
  /** The one that ends first comes first: all last equally long, and a Map keeps the order of insertion. */
  readonly #windows = new Map<string, Window>();

  /** `nowMs` comes from a clock that never goes back. */
  constructor(perWindow: number, windowMs: number, nowMs: () => number) {
    this.#perWindow = perWindow;
    this.#windowMs = windowMs;
    this.#nowMs = nowMs;
  }

  /** Keys in memory. */
  get size(): number {
    return this.#windows.size;
  }

  /** Counts one deed; returns whether it was within the limit. */
  take(key: string): boolean {
    const nowMs = this.#forgetEnded();
    const window = this.#windows.get(key) ?? { used: 0, endsMs: nowMs + this.#windowMs };
    this.#windows.set(key, window);
    window.used += 1;
    return window.used <= this.#perWindow;
  }

  /** Whole milliseconds until the next deed is within the limit; 0 where it is now. */
  computeDelayMs(key: string): number {
    const nowMs = this.#forgetEnded();
    const window = this.#windows.get(key);
    if (window === undefined || window.used < this.#perWindow) return 0;
    return Math.ceil(window.endsMs - nowMs);
  }

  #forgetEnded(): number {
    const nowMs = this.#nowMs();
    for (const [key, { endsMs }] of this.#windows) {
      if (endsMs > nowMs) break;
      this.#windows.delete(key);
    }
    return nowMs;
  }
}
