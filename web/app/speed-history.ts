const SAMPLE_MS = 1_000;
/** Five minutes. */
export const MAX_SAMPLES = 300;

/** Bytes a second, one value for each second, oldest first. The last is the newest. */
export interface Speeds {
  readonly down: Float32Array<ArrayBuffer>;
  readonly up: Float32Array<ArrayBuffer>;
  /** Over the seconds in which anything moved; 0 where nothing ever did. */
  readonly averageDown: number;
  readonly averageUp: number;
}

/** What has gone through since the engine began. */
export interface Totals {
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** How fast it went in the last minutes. Made of totals, so that it may be told late, as in a hidden tab. */
export class SpeedHistory {
  readonly #down = new Series();
  readonly #up = new Series();
  #sinceMs: number | undefined;

  /** Called now and then. Totals that are less than before are those of a new engine. */
  record({ receivedBytes, sentBytes }: Totals, nowMs: number): void {
    this.#sinceMs ??= nowMs;
    const seconds = Math.floor((nowMs - this.#sinceMs) / SAMPLE_MS);
    if (seconds < 1) return;
    this.#sinceMs += seconds * SAMPLE_MS;
    this.#down.record(receivedBytes, seconds);
    this.#up.record(sentBytes, seconds);
  }

  speeds(): Speeds {
    return {
      down: Float32Array.from(this.#down.samples),
      up: Float32Array.from(this.#up.samples),
      averageDown: this.#down.average,
      averageUp: this.#up.average,
    };
  }
}

class Series {
  samples: number[] = [];
  #total = 0;
  #movedBytes = 0;
  #movingSeconds = 0;

  record(total: number, seconds: number): void {
    const bytes = total < this.#total ? total : total - this.#total;
    this.#total = total;
    const fresh = Array.from({ length: Math.min(seconds, MAX_SAMPLES) }, () => bytes / seconds);
    this.samples = [...this.samples, ...fresh].slice(-MAX_SAMPLES);
    if (bytes === 0) return;
    this.#movedBytes += bytes;
    this.#movingSeconds += seconds;
  }

  get average(): number {
    return this.#movedBytes / Math.max(1, this.#movingSeconds);
  }
}
