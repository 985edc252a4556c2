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

  put(record: ShareRecord): Promise<void> {
    return set(record.shareId, record, this.#database);
  }

  remove(shareId: ShareId): Promise<void> {
    return del(shareId, this.#database);
  }
}
