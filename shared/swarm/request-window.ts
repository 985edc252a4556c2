import {
  FIRST_BLOCK_TIMEOUT_MS,
  INITIAL_WINDOW_BYTES,
  MAX_TARGET_QUEUE_BYTES,
  MAX_WINDOW_BYTES,
  MIN_STALL_TIMEOUT_MS,
  TARGET_QUEUE_MS,
} from './limits.ts';

/**
 * How many bytes to keep requested from one source: rate × shortest response time + a little queue, at most
 * doubled once a round. Where responses come back faster than that the source could give more, and the window grows;
 * where they come back slower a queue has built up somewhere, and it shrinks. A delay-based window in the manner of
 * TCP Vegas (Brakmo and Peterson 1995).
 */
export class RequestWindow {
  readonly #initialBytes: number;
  #bytes: number;
  #shortestResponseMs = Infinity;
  #smoothedResponseMs: number | undefined;
  #roundStartMs: number | undefined;
  #roundBytes = 0;

  /** Two blocks to begin with: one alone, answered after a long way, tells nothing of how much that carries. */
  constructor(blockLength: number) {
    this.#initialBytes = Math.max(INITIAL_WINDOW_BYTES, 2 * blockLength);
    this.#bytes = this.#initialBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Undefined before the first block. */
  get responseMs(): number | undefined {
    return this.#smoothedResponseMs;
  }

  /** A source that sends nothing for longer is to be relieved. */
  get stallTimeoutMs(): number {
    return this.#smoothedResponseMs === undefined
      ? FIRST_BLOCK_TIMEOUT_MS
      : Math.max(MIN_STALL_TIMEOUT_MS, 4 * this.#smoothedResponseMs);
  }

  /** Told of every block that answered a request. */
  recordBlock(byteLength: number, responseMs: number, nowMs: number): void {
    this.#shortestResponseMs = Math.min(this.#shortestResponseMs, responseMs);
    this.#smoothedResponseMs =
      this.#smoothedResponseMs === undefined
        ? responseMs
        : this.#smoothedResponseMs * 0.875 + responseMs * 0.125;
    if (this.#roundStartMs === undefined) {
      // The first block starts the clock: its own transmission belongs to no round.
      this.#roundStartMs = nowMs;
      return;
    }
    this.#roundBytes += byteLength;
    if (this.#roundBytes >= this.#bytes) this.#endRound(nowMs);
  }

  /** The source went idle or silent: what comes next is a new beginning. */
  restart(): void {
    this.#bytes = Math.min(this.#bytes, this.#initialBytes);
    this.#roundStartMs = undefined;
    this.#roundBytes = 0;
  }

  #endRound(nowMs: number): void {
    const elapsedMs = Math.max(1, nowMs - (this.#roundStartMs ?? nowMs));
    const bytesPerMs = this.#roundBytes / elapsedMs;
    const queueBytes = Math.min(bytesPerMs * TARGET_QUEUE_MS, MAX_TARGET_QUEUE_BYTES);
    const target = bytesPerMs * this.#shortestResponseMs + queueBytes;
    this.#bytes = clamp(target, this.#bytes / 2, Math.min(this.#bytes * 2, MAX_WINDOW_BYTES));
    this.#roundStartMs = nowMs;
    this.#roundBytes = 0;
  }
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
