import type { Saver } from '../app/ports/saver.ts';
import { SaveError } from '../app/ports/saver.ts';

/** A saver whose code is fetched when it is first asked for anything, and again where that failed. */
export function createLazySaver(load: () => Promise<Saver>): Saver {
  let loading: Promise<Saver> | undefined;
  const find = (): Promise<Saver> => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new SaveError('write-failed', { cause });
    });
    return loading;
  };
  return {
    async canSave(byteLength) {
      const saver = await find().catch(() => undefined);
      // Nothing is known before; and once it is to be saved it may be there.
      return saver === undefined || saver.canSave(byteLength);
    },
    save: async (job) => (await find()).save(job),
  };
}
