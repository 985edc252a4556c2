/** Long enough to even out bursts, short enough to notice who comes and goes. */
const WINDOW_MS = 10_000;
/** Of less nothing can be said. */
const MIN_SPAN_MS = 2_000;

interface Sample {
  readonly atMs: number;
  readonly missingBytes: number;
}

/** How fast copies come about, from how many bytes of them were missing lately. */
export class CopiesPace {
  readonly #samples: Sample[] = [];

  /** To be told now and then. More missing than before is another task, and its pace is not known yet. */
  record(missingBytes: number, nowMs: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && missingBytes > last.missingBytes) this.#samples.length = 0;
    this.#samples.push({ atMs: nowMs, missingBytes });
    // The last one before the window stays, so that the window is whole.
    while ((this.#samples[1]?.atMs ?? Infinity) <= nowMs - WINDOW_MS) this.#samples.shift();
  }

  /** Undefined where nothing became less, or nothing is known yet. */
  computeSecondsLeft(): number | undefined {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined) return undefined;
    const spanMs = last.atMs - first.atMs;
    const gained = first.missingBytes - last.missingBytes;
    if (spanMs < MIN_SPAN_MS || gained <= 0) return undefined;
    return (last.missingBytes / gained) * (spanMs / 1000);
  }
}
