import type { UseStore } from 'idb-keyval';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { VolunteerSettings } from '../app/app-state.ts';
import type {
  BrowserSecret,
  VolunteerRecord,
  VolunteerRecords,
} from '../app/ports/volunteer-records.ts';
import { del, get, promisifyRequest, set } from 'idb-keyval';
import { BROWSER_SECRET_LENGTH } from '../../shared/share/holder-id.ts';
import { isBytes } from './owned-bytes.ts';
import { parseVolunteerRecord, parseVolunteerSettings } from './volunteer-record-schema.ts';

const SETTINGS_KEY = 'settings';
const SECRET_KEY = 'secret';
const SHARES = 'share';

/** What a volunteer remembers, in a database of its own. What is damaged counts as not there. */
export class IdbVolunteerRecords implements VolunteerRecords, BrowserSecret {
  readonly #database: UseStore;

  constructor(database: UseStore) {
    this.#database = database;
  }

  async readSettings(): Promise<VolunteerSettings | undefined> {
    return parseVolunteerSettings(await get(SETTINGS_KEY, this.#database));
  }

  writeSettings(settings: VolunteerSettings): Promise<void> {
    return set(SETTINGS_KEY, settings, this.#database);
  }

  async list(): Promise<readonly VolunteerRecord[]> {
    const stored: readonly unknown[] = await this.#database('readonly', (store) =>
      promisifyRequest(store.getAll(IDBKeyRange.bound([SHARES], [SHARES, []]))),
    );
    return stored.map(parseVolunteerRecord).filter((record) => record !== undefined);
  }

  put(record: VolunteerRecord): Promise<void> {
    return set([SHARES, record.shareId], record, this.#database);
  }

  remove(shareId: ShareId): Promise<void> {
    return del([SHARES, shareId], this.#database);
  }

  /** Made when it is first needed, in one transaction: two tabs that need it at once get the same. */
  read(): Promise<Bytes> {
    return this.#database('readwrite', async (store) => {
      const stored: unknown = await promisifyRequest(store.get(SECRET_KEY));
      if (isBytes(stored) && stored.byteLength === BROWSER_SECRET_LENGTH) return stored;
      const secret = crypto.getRandomValues(new Uint8Array(BROWSER_SECRET_LENGTH));
      await promisifyRequest(store.put(secret, SECRET_KEY));
      return secret;
    });
  }
}
