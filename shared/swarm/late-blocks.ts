import { MAX_UNASKED_BYTES } from './limits.ts';

/** What one peer may send though nobody waits for it: blocks that were asked for and given up may be on their way. */
export class LateBlocks {
  #allowedBytes = MAX_UNASKED_BYTES;

  /** A block was asked for, and is no longer waited for. */
  recordGivenUp(byteLength: number): void {
    this.#allowedBytes += byteLength;
  }

  /** A block that nobody waits for has come. Far more than were given up is no longer honest. */
  recordCome(byteLength: number): 'late' | 'flood' {
    this.#allowedBytes -= byteLength;
    return this.#allowedBytes < 0 ? 'flood' : 'late';
  }
}
