import type { TimedEvent } from './event-heap.ts';
import { EventHeap, isBefore } from './event-heap.ts';

/** Milliseconds that the calendar reaches ahead, one day a millisecond. A power of two. */
const DAY_COUNT = 4096;

/**
 * Virtual time: what happens when. What is due at the same time happens in the order asked for.
 * A calendar queue (Brown 1988): asking and taking cost the same however many events wait, where a heap of the
 * million events of a large swarm would cost a cache miss on each of its twenty levels.
 */
export class EventQueue {
  /** What is due on each of the days ahead, unsorted. */
  readonly #days: TimedEvent[][] = Array.from({ length: DAY_COUNT }, () => []);
  /** What is due later than the calendar reaches. */
  readonly #far = new EventHeap();
  /** What is due today, in order, from `#next` on; and what was asked for while today went on. */
  #today: TimedEvent[] = [];
  #next = 0;
  readonly #added = new EventHeap();
  #day = 0;
  /** Events on the days ahead. */
  #aheadCount = 0;
  #order = 0;
  #nowMs = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): void {
    this.at(this.#nowMs + delayMs, run);
  }

  at(atMs: number, run: () => void): void {
    const event = { atMs: Math.max(atMs, this.#nowMs), order: this.#order, run };
    this.#order += 1;
    if (event.atMs >= this.#day + DAY_COUNT) this.#far.add(event);
    else if (event.atMs < this.#day + 1) this.#added.add(event);
    else this.#enter(event);
  }

  /** Runs what is due up to then, or until `isDone`; the clock stands there afterwards. */
  runUntil(untilMs: number, isDone: () => boolean = () => false): void {
    while (!isDone()) {
      const next = this.#takeUntil(untilMs);
      if (next === undefined) {
        this.#nowMs = Math.max(this.#nowMs, untilMs);
        return;
      }
      this.#nowMs = next.atMs;
      next.run();
    }
  }

  #takeUntil(untilMs: number): TimedEvent | undefined {
    for (;;) {
      const planned = this.#today[this.#next];
      const added = this.#added.first;
      if (added !== undefined && (planned === undefined || isBefore(added, planned))) {
        if (added.atMs > untilMs) return undefined;
        this.#added.removeFirst();
        return added;
      }
      if (planned !== undefined) {
        if (planned.atMs > untilMs) return undefined;
        this.#next += 1;
        return planned;
      }
      if (!this.#turnPage(untilMs)) return undefined;
    }
  }

  /** On to the next day on which something is due; false where there is none by then. */
  #turnPage(untilMs: number): boolean {
    // Emptied and put back, so that its room is used again.
    this.#today.length = 0;
    this.#next = 0;
    const farDay = Math.floor(this.#far.first?.atMs ?? Infinity);
    if (this.#aheadCount === 0 && farDay === Infinity) return false;
    const nextDay = this.#aheadCount === 0 ? farDay : this.#day + 1;
    if (nextDay > untilMs) return false;
    this.#day = nextDay;
    for (let far = this.#far.first; far !== undefined; far = this.#far.first) {
      if (far.atMs >= this.#day + DAY_COUNT) break;
      this.#far.removeFirst();
      this.#enter(far);
    }
    const index = this.#day % DAY_COUNT;
    const today = this.#days[index] ?? [];
    this.#days[index] = this.#today;
    this.#today = today;
    this.#aheadCount -= today.length;
    if (today.length > 1) today.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    return true;
  }

  #enter(event: TimedEvent): void {
    this.#days[Math.floor(event.atMs) % DAY_COUNT]?.push(event);
    this.#aheadCount += 1;
  }
}
