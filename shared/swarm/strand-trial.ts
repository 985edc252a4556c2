import {
  FAST_BYTES_PER_MS,
  INITIAL_WINDOW_BYTES,
  MAX_STRAND_TRIAL_MS,
  MAX_STRANDS,
  STRAND_GAIN,
  STRAND_REST_MS,
  STRAND_SETTLE_MS,
  STRAND_TIMEOUT_MS,
  STRAND_TRIAL_BLOCKS,
  STRAND_TRIAL_MS,
} from './limits.ts';

type State =
  | { readonly kind: 'resting'; readonly untilMs: number }
  | { readonly kind: 'measuring'; readonly sinceMs: number; readonly sinceBytes: number }
  | { readonly kind: 'widening'; readonly sinceMs: number }
  | { readonly kind: 'settling'; readonly untilMs: number }
  | { readonly kind: 'over' };

/** One source as it is now. */
export interface SourceSight {
  /** Of file data that it has ever sent. */
  readonly totalBytes: number;
  readonly blockLength: number;
  /** Connections to it that carry blocks. */
  readonly strands: number;
}

/** Whether more strands make more come from one source: tried, measured, and gone on with only where it pays. */
export class StrandTrial {
  #state: State = { kind: 'resting', untilMs: 0 };
  /** As many as have been shown to pay. */
  #paidStrands = 1;
  /** Bytes a millisecond with these, where more are being tried. */
  #paidRate: number | undefined;
  #vainCount = 0;

  /**
   * What is to be requested at least, 0 where one strand does as well: on each a block, and enough behind its last packet
   * that a loss of it shows before a timeout.
   */
  computeLeastBytes(strands: number, blockLength: number): number {
    const isWorth = this.#paidStrands > 1 || this.#paidRate !== undefined;
    if (!isWorth || strands === 1) return 0;
    return Math.max(strands * INITIAL_WINDOW_BYTES, (strands + 1) * blockLength);
  }

  /** Returns how many strands there should be, once, where that is more than there are. */
  look(source: SourceSight, nowMs: number): number | undefined {
    const state = this.#state;
    switch (state.kind) {
      case 'resting':
        if (nowMs >= state.untilMs) this.#measure(source, nowMs);
        return undefined;
      case 'measuring':
        return this.#lookAtMeasured(source, state, nowMs);
      case 'widening':
        if (source.strands >= this.#wantedStrands) {
          this.#state = { kind: 'settling', untilMs: nowMs + STRAND_SETTLE_MS };
        } else if (nowMs - state.sinceMs > STRAND_TIMEOUT_MS) this.#restInVain(nowMs);
        return undefined;
      case 'settling':
        if (nowMs >= state.untilMs) this.#measure(source, nowMs);
        return undefined;
      case 'over':
        return undefined;
    }
  }

  /**
   * The source pauses, or others send as well: what is being measured says nothing, and what was measured before may
   * be true no longer when it goes on.
   */
  interrupt(nowMs: number): void {
    const { kind } = this.#state;
    if (kind === 'resting' || kind === 'over') return;
    this.#rest(STRAND_SETTLE_MS, nowMs);
  }

  get #wantedStrands(): number {
    return this.#paidStrands * 2;
  }

  #measure({ totalBytes }: SourceSight, sinceMs: number): void {
    this.#state = { kind: 'measuring', sinceMs, sinceBytes: totalBytes };
  }

  #lookAtMeasured(
    { totalBytes, blockLength, strands }: SourceSight,
    { sinceMs, sinceBytes }: Extract<State, { kind: 'measuring' }>,
    nowMs: number,
  ): number | undefined {
    const tookMs = nowMs - sinceMs;
    const bytes = totalBytes - sinceBytes;
    const isEnough = tookMs >= STRAND_TRIAL_MS && bytes >= STRAND_TRIAL_BLOCKS * blockLength;
    if (!isEnough && tookMs < MAX_STRAND_TRIAL_MS) return undefined;
    const rate = bytes / tookMs;
    if (this.#paidRate !== undefined) {
      if (rate < this.#paidRate * STRAND_GAIN) return this.#restInVain(nowMs);
      this.#paidStrands = this.#wantedStrands;
    }
    if (this.#wantedStrands > MAX_STRANDS) return this.#end();
    // It may be slower later.
    if (rate >= FAST_BYTES_PER_MS) return this.#rest(STRAND_REST_MS, nowMs);
    this.#paidRate = rate;
    this.#state = { kind: 'widening', sinceMs: nowMs };
    // They may be there already, from a trial before or from the other end: then only more is requested on them.
    return strands < this.#wantedStrands ? this.#wantedStrands : undefined;
  }

  #end(): undefined {
    this.#paidRate = undefined;
    this.#state = { kind: 'over' };
  }

  #rest(forMs: number, nowMs: number): undefined {
    this.#paidRate = undefined;
    this.#state = { kind: 'resting', untilMs: nowMs + forMs };
  }

  #restInVain(nowMs: number): undefined {
    this.#rest(STRAND_REST_MS * 2 ** this.#vainCount, nowMs);
    this.#vainCount += 1;
  }
}
