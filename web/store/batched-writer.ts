import type { UseStore } from 'idb-keyval';
import { promisifyRequest } from 'idb-keyval';

/** One change to a database. It may be applied twice, when a lost connection makes the transaction run again. */
export interface Write {
  readonly byteLength: number;
  readonly apply: (store: IDBObjectStore) => void;
}

interface QueuedWrite {
  readonly write: Write;
  readonly onCommitted: () => void;
  readonly onFailed: (error: unknown) => void;
}

const MAX_BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Writes in the order given, one transaction at a time: what arrives while one runs goes into the next, about 8 MiB
 * at most. A failed transaction fails its own writes alone.
 */
export class BatchedWriter {
  readonly #database: UseStore;
  #queue: QueuedWrite[] = [];
  #isDraining = false;

  constructor(database: UseStore) {
    this.#database = database;
  }

  /** Resolves when committed. */
  write(write: Write): Promise<void> {
    return new Promise((onCommitted, onFailed) => {
      this.#queue.push({ write, onCommitted, onFailed });
      if (!this.#isDraining) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isDraining = true;
    // What one task hands over belongs into one batch, the first one included.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#commit(this.#takeBatch());
    this.#isDraining = false;
  }

  #takeBatch(): QueuedWrite[] {
    let count = 0;
    let bytes = 0;
    for (const { write } of this.#queue) {
      bytes += write.byteLength;
      if (count > 0 && bytes > MAX_BATCH_BYTES) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #commit(batch: readonly QueuedWrite[]): Promise<void> {
    try {
      await this.#database('readwrite', (store) => {
        for (const { write } of batch) write.apply(store);
        return promisifyRequest(store.transaction);
      });
      for (const { onCommitted } of batch) onCommitted();
    } catch (error) {
      for (const { onFailed } of batch) onFailed(error);
    }
  }
}
