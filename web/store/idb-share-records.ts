import type { UseStore } from 'idb-keyval';
import type { ShareRecord, ShareRecords } from '../app/ports/share-records.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import { del, set, values } from 'idb-keyval';
import { parseShareRecord } from './share-record-schema.ts';

/** What this browser remembers of its shares, in IndexedDB by share ID. A damaged record counts as not there. */
export class IdbShareRecords implements ShareRecords {
  readonly #database: UseStore;

  constructor(database: UseStore) {
    this.#database = database;
  }

  async list(): Promise<readonly ShareRecord[]> {
    const stored: readonly unknown[] = await values(this.#database);
    return stored.map(parseShareRecord).filter((record) => record !== undefined);
  }

  async put(record: ShareRecord): Promise<void> {
    try {
      await set(record.shareId, record, this.#database);
    } catch (error) {
      if (record.part.role !== 'sharer' || record.part.handles === undefined) throw error;
      // There are browsers that give handles which they cannot store.
      const part = { ...record.part, handles: undefined };
      await set(record.shareId, { ...record, part }, this.#database);
    }
  }

  remove(shareId: ShareId): Promise<void> {
    return del(shareId, this.#database);
  }
}
