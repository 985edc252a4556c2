import type { Receiver } from './event-pool.ts';
import { EventHeap } from './event-heap.ts';
import { EventPool } from './event-pool.ts';

/** One day holds what is due within so much; binary, so that times fall on days without rounding. */
const DAYS_A_MS = 8;
/** Days that the calendar reaches ahead. A power of two. */
const DAY_COUNT = 16_384;

const CALL: Receiver<unknown> = {
  handle: (run) => {
    if (typeof run === 'function') run();
  },
};

/**
 * Virtual time: what happens when. What is due at the same time happens in the order asked for.
 * A calendar queue (Brown 1988): asking and taking cost the same however many events wait, where a heap of the
 * million events of a large swarm would cost a cache miss on each of its twenty levels.
 */
export class EventQueue {
  readonly #pool = new EventPool();
  /** The first row of what is due on each of the days ahead, unsorted. */
  readonly #days = new Int32Array(DAY_COUNT).fill(-1);
  readonly #today = new EventHeap(this.#pool);
  /** What is due later than the calendar reaches. */
  readonly #far = new EventHeap(this.#pool);
  #day = 0;
  /** Events on the days ahead. */
  #aheadCount = 0;
  #nowMs = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): void {
    this.at(this.#nowMs + delayMs, run);
  }

  at(atMs: number, run: () => void): void {
    this.handAt(atMs, CALL, run);
  }

  /** What is due often is handed to something that is there anyway. */
  handAt<Payload>(atMs: number, receiver: Receiver<Payload>, payload: Payload): void {
    const dueMs = Math.max(atMs, this.#nowMs);
    const row = this.#pool.enter(dueMs, receiver, payload);
    const day = dueMs * DAYS_A_MS;
    if (day >= this.#day + DAY_COUNT) this.#far.add(row);
    else if (day < this.#day + 1) this.#today.add(row);
    else this.#enter(row, day);
  }

  /** Runs what is due up to then, or until `isDone`; the clock stands there afterwards. */
  runUntil(untilMs: number, isDone: () => boolean = () => false): void {
    while (!isDone()) {
      const row = this.#takeUntil(untilMs);
      if (row < 0) {
        this.#nowMs = Math.max(this.#nowMs, untilMs);
        return;
      }
      this.#nowMs = this.#pool.timeOf(row);
      this.#pool.run(row);
    }
  }

  #takeUntil(untilMs: number): number {
    for (;;) {
      const row = this.#today.first;
      if (row >= 0) {
        if (this.#pool.timeOf(row) > untilMs) return -1;
        this.#today.removeFirst();
        return row;
      }
      if (!this.#turnPage(untilMs)) return -1;
    }
  }

  /** On to the next day, or to the next one on which something is due; false where there is none by then. */
  #turnPage(untilMs: number): boolean {
    const far = this.#far.first;
    const farDay = far < 0 ? Infinity : Math.floor(this.#pool.timeOf(far) * DAYS_A_MS);
    if (this.#aheadCount === 0 && farDay === Infinity) return false;
    const nextDay = this.#aheadCount === 0 ? farDay : this.#day + 1;
    if (nextDay > untilMs * DAYS_A_MS) return false;
    this.#day = nextDay;
    if (farDay < nextDay + DAY_COUNT) this.#bringNear();
    const index = nextDay % DAY_COUNT;
    for (let row = this.#days[index] ?? -1; row >= 0; row = this.#pool.nextOf(row)) {
      this.#today.add(row);
      this.#aheadCount -= 1;
    }
    this.#days[index] = -1;
    return true;
  }

  /** What was due too late for the calendar no longer is. */
  #bringNear(): void {
    for (let row = this.#far.first; row >= 0; row = this.#far.first) {
      const day = this.#pool.timeOf(row) * DAYS_A_MS;
      if (day >= this.#day + DAY_COUNT) return;
      this.#far.removeFirst();
      this.#enter(row, day);
    }
  }

  #enter(row: number, day: number): void {
    const index = Math.floor(day) % DAY_COUNT;
    this.#pool.link(row, this.#days[index] ?? -1);
    this.#days[index] = row;
    this.#aheadCount += 1;
  }
}
