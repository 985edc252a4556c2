import type { Callback, ChunkStore } from './webtorrent-types.ts';

type Range = { offset?: number; length?: number } | null;

/** The quickest store there can be for WebTorrent: chunks as they come, in an array. */
export class MemoryChunkStore implements ChunkStore {
  readonly chunkLength: number;
  readonly #chunks: Uint8Array[] = [];

  constructor(chunkLength: number) {
    this.chunkLength = chunkLength;
  }

  put(index: number, bytes: Uint8Array, callback: Callback): void {
    this.#chunks[index] = bytes;
    queueMicrotask(() => callback(null));
  }

  get(
    index: number,
    range: Range | Callback<Uint8Array>,
    callback: Callback<Uint8Array> = () => {},
  ): void {
    if (typeof range === 'function') {
      this.get(index, null, range);
      return;
    }
    const chunk = this.#chunks[index];
    if (chunk === undefined) {
      queueMicrotask(() => callback(new Error('no such chunk')));
      return;
    }
    const offset = range?.offset ?? 0;
    const part = chunk.subarray(offset, offset + (range?.length ?? chunk.byteLength - offset));
    queueMicrotask(() => callback(null, part));
  }

  close(callback: Callback = () => {}): void {
    this.#chunks.length = 0;
    queueMicrotask(() => callback(null));
  }

  destroy(callback?: Callback): void {
    this.close(callback);
  }
}
