import type { BucketRate } from '../tracker/token-bucket.ts';
import type { Clock } from './ports/clock.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { Signal } from './ports/transport.ts';
import { TokenBucket } from '../tracker/token-bucket.ts';
import { ANSWERS_TO_ONE } from './limits.ts';

/** Candidates that may overtake their offer, and the dials that they may be of. */
const MAX_EARLY_SIGNALS = 20;
const MAX_EARLY_DIALS = 40;
/** Offers remembered, so that none is answered twice. */
const MAX_KNOWN_OFFERS = 512;
/** Whoever was forgotten may begin again, but no faster than all together. */
const MAX_KNOWN_PEERS = 512;

/**
 * The offers under keys of one kind. Those under the public keys have a desk of their own: who has only these can use
 * up nothing there that members need, and make nothing forgotten that they said (A8, S10).
 */
export class OfferDesk {
  readonly #clock: Clock;
  /** Candidates that came before their offer, by dial. */
  readonly #early = new Map<string, Signal[]>();
  /** Offers that were decided upon, by dial. */
  readonly #known = new Set<string>();
  readonly #answers: TokenBucket;
  readonly #answersTo = new Map<PeerId, TokenBucket>();

  constructor(clock: Clock, rate: BucketRate) {
    this.#clock = clock;
    this.#answers = new TokenBucket(rate, clock.nowMs());
  }

  /** True once for each dial. */
  isNew(dial: string): boolean {
    if (this.#known.has(dial)) return false;
    this.#known.add(dial);
    dropOldest(this.#known, MAX_KNOWN_OFFERS);
    return true;
  }

  /** Whether one more offer of that peer may be answered now. If so, it counts. */
  takeAnswer(from: PeerId): boolean {
    const nowMs = this.#clock.nowMs();
    const answersTo = this.#answersTo.get(from) ?? new TokenBucket(ANSWERS_TO_ONE, nowMs);
    if (answersTo.computeDelayMs(nowMs) > 0 || this.#answers.take(nowMs) > 0) return false;
    answersTo.take(nowMs);
    this.#answersTo.delete(from);
    this.#answersTo.set(from, answersTo);
    dropOldest(this.#answersTo, MAX_KNOWN_PEERS);
    return true;
  }

  keepEarly(dial: string, signal: Signal): void {
    const kept = this.#early.get(dial) ?? [];
    if (kept.length < MAX_EARLY_SIGNALS) kept.push(signal);
    this.#early.delete(dial);
    this.#early.set(dial, kept);
    dropOldest(this.#early, MAX_EARLY_DIALS);
  }

  takeEarly(dial: string): readonly Signal[] {
    const kept = this.#early.get(dial) ?? [];
    this.#early.delete(dial);
    return kept;
  }
}

function dropOldest(names: Map<string, unknown> | Set<string>, keep: number): void {
  for (const oldest of names.keys()) {
    if (names.size <= keep) return;
    names.delete(oldest);
  }
}
