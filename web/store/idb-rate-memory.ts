import type { UseStore } from 'idb-keyval';
import type { RateMemory, RateSettings } from '../app/ports/rate-settings.ts';
import { get, set } from 'idb-keyval';
import * as v from 'valibot';

const KEY = 'rates';

const Rate = v.optional(v.pipe(v.number(), v.finite(), v.minValue(1)));
const Settings = v.object({ sendBytesPerSecond: Rate, receiveBytesPerSecond: Rate });

/** The rates that a person has set, in IndexedDB. What is damaged counts as not there. */
export class IdbRateMemory implements RateMemory {
  readonly #database: UseStore;

  constructor(database: UseStore) {
    this.#database = database;
  }

  async read(): Promise<RateSettings | undefined> {
    const result = v.safeParse(Settings, await get(KEY, this.#database));
    if (!result.success) return undefined;
    const { sendBytesPerSecond, receiveBytesPerSecond } = result.output;
    return { sendBytesPerSecond, receiveBytesPerSecond };
  }

  write(settings: RateSettings): Promise<void> {
    return set(KEY, settings, this.#database);
  }
}
