import type { Bytes } from './bytes.ts';

/** Opens a reading of a range of the plaintext; `readStream` is one. */
export type OpenStream = (offset: number, length: number) => AsyncGenerator<Bytes, void, undefined>;

/**
 * Reads ranges that mostly lie one behind the other as one stream up to `end`: many small files share a piece, and it
 * is fetched and decrypted once for all of them. A range that is read while another one is has a stream of its own.
 */
export class StreamCursor {
  readonly #open: OpenStream;
  readonly #end: number;
  #stream: AsyncGenerator<Bytes, void, undefined> | undefined;
  /** Where the rest begins, and behind it the stream goes on. */
  #offset = 0;
  #rest: Bytes = new Uint8Array();
  #isBusy = false;

  constructor(open: OpenStream, end: number) {
    this.#open = open;
    this.#end = end;
  }

  /** @throws RangeError where the stream ends before the range; whatever the stream throws. */
  async *read(offset: number, length: number): AsyncGenerator<Bytes, void, undefined> {
    if (length === 0) return;
    if (this.#isBusy) {
      yield* this.#open(offset, length);
      return;
    }
    this.#isBusy = true;
    let missing = length;
    try {
      if (offset !== this.#offset) await this.#close();
      this.#stream ??= this.#open(offset, this.#end - offset);
      this.#offset = offset;
      while (missing > 0) {
        const part = await this.#take(missing);
        missing -= part.byteLength;
        yield part;
      }
    } finally {
      if (missing > 0 || this.#offset === this.#end) await this.#close();
      this.#isBusy = false;
    }
  }

  async #take(atMost: number): Promise<Bytes> {
    if (this.#rest.byteLength === 0) {
      const next = await this.#stream?.next();
      if (next === undefined || next.done === true) throw new RangeError(`past ${this.#offset}`);
      this.#rest = next.value;
    }
    const part = this.#rest.subarray(0, atMost);
    this.#rest = this.#rest.subarray(part.byteLength);
    this.#offset += part.byteLength;
    return part;
  }

  async #close(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    this.#rest = new Uint8Array();
    await stream?.return();
  }
}
