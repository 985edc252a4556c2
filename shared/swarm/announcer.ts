import type { SwarmContext } from './swarm-context.ts';
import { isSatisfied } from './swarm-context.ts';
import { computeRanges, listPieces } from '../share/piece-ranges.ts';
import { ANNOUNCE_DELAY_MS, MAX_GAINED_RANGES } from './limits.ts';

/** After a failure: about so long at first, twice as long each time, and no longer than a quarter of the interval. */
const FIRST_RETRY_MS = 5_000;

/** Tells the tracker what was gained, gathered into ranges, about once a second. */
export class Announcer {
  readonly #context: SwarmContext;
  readonly #gained = new Set<number>();
  #isTrackerUp = false;
  #announceAtMs = Infinity;
  /** When to say everything anew, lest the tracker takes us for gone. */
  #renewAtMs = Infinity;
  #intervalMs = Infinity;
  #retryDelayMs = FIRST_RETRY_MS;
  #isRetryDue = false;
  #failedAtMs = -Infinity;

  constructor(context: SwarmContext) {
    this.#context = context;
  }

  get nextAnnounceMs(): number {
    return Math.min(this.#announceAtMs, this.#renewAtMs);
  }

  handleTrackerUp(announceIntervalMs: number, nowMs: number): void {
    this.#isTrackerUp = true;
    this.#intervalMs = announceIntervalMs;
    this.#retryDelayMs = FIRST_RETRY_MS;
    this.announceAll(nowMs);
  }

  /** What we announced was not booked. Several failures in a row, as of many gains, lead to one retry. */
  handleRefused(nowMs: number): void {
    if (!this.#isTrackerUp || this.#isRetryDue) return;
    this.#isRetryDue = true;
    // Whatever was announced within the last interval was booked.
    if (nowMs - this.#failedAtMs > this.#intervalMs) this.#retryDelayMs = FIRST_RETRY_MS;
    this.#failedAtMs = nowMs;
    const jitterMs = this.#context.random.below(this.#retryDelayMs);
    this.#renewAtMs = Math.min(this.#renewAtMs, nowMs + this.#retryDelayMs / 2 + jitterMs);
    const longestMs = Math.max(FIRST_RETRY_MS, Math.ceil(this.#intervalMs / 4));
    this.#retryDelayMs = Math.min(2 * this.#retryDelayMs, longestMs);
  }

  handleTrackerDown(): void {
    this.#isTrackerUp = false;
    this.#isRetryDue = false;
    this.#announceAtMs = Infinity;
    this.#renewAtMs = Infinity;
  }

  /** The tracker's book is to be replaced, not added to. */
  announceAll(nowMs: number): void {
    if (!this.#isTrackerUp) return;
    this.#gained.clear();
    this.#isRetryDue = false;
    this.#announceAtMs = Infinity;
    // Jitter: peers that came back together after a restart do not stay in step.
    const jitterMs = this.#context.random.below(Math.ceil(this.#intervalMs / 5));
    this.#renewAtMs = nowMs + this.#intervalMs * 0.9 + jitterMs;
    this.#context.emit({ type: 'announce' });
  }

  /** Losses often come in numbers, and ranges cannot tell them. */
  recordLost(piece: number, nowMs: number): void {
    this.#gained.delete(piece);
    if (!this.#isTrackerUp) return;
    this.#renewAtMs = Math.min(this.#renewAtMs, nowMs + ANNOUNCE_DELAY_MS);
  }

  recordGained(piece: number, nowMs: number): void {
    if (!this.#isTrackerUp) return;
    this.#gained.add(piece);
    this.#announceAtMs = Math.min(this.#announceAtMs, nowMs + ANNOUNCE_DELAY_MS);
    if (isSatisfied(this.#context)) this.#announceAtMs = nowMs;
  }

  tick(nowMs: number): void {
    if (nowMs >= this.#renewAtMs) this.announceAll(nowMs);
    if (nowMs < this.#announceAtMs) return;
    const ranges = computeRanges([...this.#gained].toSorted((a, b) => a - b));
    const told = ranges.slice(0, MAX_GAINED_RANGES);
    this.#gained.clear();
    for (const piece of listPieces(ranges.slice(MAX_GAINED_RANGES))) this.#gained.add(piece);
    this.#announceAtMs = this.#gained.size > 0 ? nowMs + ANNOUNCE_DELAY_MS : Infinity;
    if (told.length > 0) this.#context.emit({ type: 'announce-gained', ranges: told });
  }
}
