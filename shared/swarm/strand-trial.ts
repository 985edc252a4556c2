import {
  FAST_WAY,
  MAX_STRANDS,
  STRAND_GAIN,
  STRAND_REST_MS,
  STRAND_SETTLE_MS,
  STRAND_TIMEOUT_MS,
  STRAND_TRIAL_MS,
} from './limits.ts';

type State =
  | { readonly kind: 'resting'; readonly untilMs: number }
  | {
      readonly kind: 'measuring';
      readonly sinceMs: number;
      readonly sinceBytes: number;
      /** Bytes a millisecond with fewer strands; undefined where there were none. */
      readonly formerRate: number | undefined;
    }
  | {
      readonly kind: 'widening';
      readonly formerRate: number;
      readonly fromStrands: number;
      readonly sinceMs: number;
    }
  | { readonly kind: 'settling'; readonly formerRate: number; readonly untilMs: number };

/** Whether more strands make more come from one source: tried, measured, and tried again where it paid. */
export class StrandTrial {
  #state: State = { kind: 'resting', untilMs: 0 };
  #failures = 0;

  /** The source sends, and has sent so many bytes in all. Returns how many strands there should be where that is more. */
  look(totalBytes: number, strands: number, nowMs: number): number | undefined {
    const state = this.#state;
    switch (state.kind) {
      case 'resting':
        if (nowMs >= state.untilMs) this.#measure(totalBytes, undefined, nowMs);
        return undefined;
      case 'measuring': {
        const tookMs = nowMs - state.sinceMs;
        if (tookMs < STRAND_TRIAL_MS) return undefined;
        return this.#judge((totalBytes - state.sinceBytes) / tookMs, strands, nowMs);
      }
      case 'widening':
        if (strands > state.fromStrands) {
          const { formerRate } = state;
          this.#state = { kind: 'settling', formerRate, untilMs: nowMs + STRAND_SETTLE_MS };
        } else if (nowMs - state.sinceMs > STRAND_TIMEOUT_MS) this.#rest(nowMs);
        return undefined;
      case 'settling':
        if (nowMs >= state.untilMs) this.#measure(totalBytes, state.formerRate, nowMs);
        return undefined;
    }
  }

  /** The source pauses, or others send as well: what was measured says nothing. */
  interrupt(): void {
    if (this.#state.kind !== 'resting') this.#state = { kind: 'resting', untilMs: 0 };
  }

  #measure(sinceBytes: number, formerRate: number | undefined, sinceMs: number): void {
    this.#state = { kind: 'measuring', sinceMs, sinceBytes, formerRate };
  }

  #judge(rate: number, strands: number, nowMs: number): number | undefined {
    const formerRate = this.#state.kind === 'measuring' ? this.#state.formerRate : undefined;
    const hasPaid = formerRate === undefined || rate >= formerRate * STRAND_GAIN;
    if (!hasPaid || strands >= MAX_STRANDS || rate > FAST_WAY) {
      this.#rest(nowMs);
      return undefined;
    }
    this.#state = { kind: 'widening', formerRate: rate, fromStrands: strands, sinceMs: nowMs };
    return Math.min(strands * 2, MAX_STRANDS);
  }

  #rest(nowMs: number): void {
    this.#state = { kind: 'resting', untilMs: nowMs + STRAND_REST_MS * 2 ** this.#failures };
    this.#failures += 1;
  }
}
