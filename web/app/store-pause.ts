import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { ShareStores } from './ports/share-stores.ts';

/** How long after a failure it is tried again, and twice as long each time. */
const FIRST_DELAY_MS = 5_000;
const MAX_DELAY_MS = 60_000;
/** As much as is stored at once, unless less is missing. */
const MIN_ROOM_BYTES = 64 * 1024;
const MAX_ROOM_BYTES = 4 * 1024 * 1024;

export interface StorePauseOptions {
  readonly clock: Clock;
  readonly hasRoom: ShareStores['hasRoom'];
  readonly missingBytes: () => number;
  readonly goOn: () => void;
}

/** A pause that the store caused ends by itself, once the store is seen to take bytes again. */
export class StorePause {
  readonly #options: StorePauseOptions;
  #isOn = false;
  #isTrying = false;
  #delayMs = FIRST_DELAY_MS;
  #dueAtMs = 0;
  #triedAtMs = -Infinity;
  #endedAtMs = -Infinity;

  constructor(options: StorePauseOptions) {
    this.#options = options;
  }

  begin(): void {
    const nowMs = this.#options.clock.nowMs();
    // What failed again at once is tried as seldom as before.
    if (nowMs - this.#endedAtMs > MAX_DELAY_MS) this.#delayMs = FIRST_DELAY_MS;
    this.#isOn = true;
    this.#planFrom(nowMs);
  }

  /** It goes on, or a person has decided otherwise. */
  end(): void {
    if (this.#isOn) this.#endedAtMs = this.#options.clock.nowMs();
    this.#isOn = false;
  }

  /** There may be room now, or somebody looks. */
  hurry(): void {
    this.#delayMs = FIRST_DELAY_MS;
    this.#dueAtMs = this.#triedAtMs + FIRST_DELAY_MS;
  }

  /** Called now and then. */
  async refresh(): Promise<void> {
    const { clock, hasRoom, missingBytes, goOn } = this.#options;
    const nowMs = clock.nowMs();
    if (!this.#isOn || this.#isTrying || nowMs < this.#dueAtMs) return;
    this.#triedAtMs = nowMs;
    this.#planFrom(nowMs);
    this.#isTrying = true;
    const roomBytes = Math.min(Math.max(missingBytes(), MIN_ROOM_BYTES), MAX_ROOM_BYTES);
    const isThere = await hasRoom(roomBytes);
    this.#isTrying = false;
    if (isThere && this.#isOn) goOn();
  }
  #planFrom(nowMs: number): void {
    this.#dueAtMs = nowMs + this.#delayMs;
    this.#delayMs = Math.min(2 * this.#delayMs, MAX_DELAY_MS);
  }
}
