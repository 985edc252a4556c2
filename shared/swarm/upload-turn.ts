import { MAX_EARLY_REQUESTS, UNMOVED_MS } from './limits.ts';

/** Where one peer stands at the gate: what it has begun, and since when and until when it has to wait. */
export class UploadTurn {
  #begunPiece: number | undefined;
  #nextBlock = 0;
  #waitsSinceMs: number | undefined;
  #appointedAtMs = 0;
  #earlyRequests = 0;

  /** Whether this belongs to the piece begun last and comes in order; anything else begins anew. */
  isNext(piece: number, block: number): boolean {
    return piece === this.#begunPiece && block >= this.#nextBlock && block > 0;
  }

  recordLetIn(piece: number, block: number): void {
    this.#begunPiece = piece;
    this.#nextBlock = block + 1;
    this.#waitsSinceMs = undefined;
    this.#earlyRequests = 0;
  }

  /** How long it has been put off in vain. */
  computeWaitMs(nowMs: number): number {
    return nowMs - (this.#waitsSinceMs ?? nowMs);
  }

  /** Was put off, and its time to come again has come at most a moment ago. */
  isWaiting(nowMs: number): boolean {
    return this.#waitsSinceMs !== undefined && nowMs < this.#appointedAtMs + UNMOVED_MS;
  }

  /** Milliseconds until it was told to come again; 0 where that is over. */
  computeRestMs(nowMs: number): number {
    return Math.max(0, this.#appointedAtMs - nowMs);
  }

  putOff(forMs: number, nowMs: number): void {
    this.#waitsSinceMs ??= nowMs;
    this.#appointedAtMs = nowMs + forMs;
  }

  /** It came before its time. Some of that is on its way when it is put off; very much is no longer honest. */
  recordEarly(): 'early' | 'flood' {
    this.#earlyRequests += 1;
    return this.#earlyRequests > MAX_EARLY_REQUESTS ? 'flood' : 'early';
  }
}
