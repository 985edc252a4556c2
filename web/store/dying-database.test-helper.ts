import type { UseStore } from 'idb-keyval';

/** When in a transaction's life a tab dies. */
export type Moment = 'before it begins' | 'before its commit' | 'after its commit';

export interface DyingDatabase {
  readonly use: UseStore;
  /** Resolves when the tab is dead. */
  readonly died: Promise<void>;
  readonly isDead: () => boolean;
}

function ignore(): void {}

function never<Result>(): Promise<Result> {
  return new Promise(() => {});
}

/** As a tab sees a database that dies at its n-th transaction, counted from 1: nothing is heard any more. */
export function createDyingDatabase(
  database: UseStore,
  transactionNumber: number,
  moment: Moment,
): DyingDatabase {
  let count = 0;
  let isDead = false;
  let die: () => void = ignore;
  const died = new Promise<void>((resolve) => {
    die = () => {
      isDead = true;
      resolve();
    };
  });
  const use: UseStore = async (mode, callback) => {
    if (isDead) return never();
    count += 1;
    if (count !== transactionNumber) {
      const result = await database(mode, callback);
      return isDead ? never() : result;
    }
    if (moment === 'after its commit') await database(mode, callback);
    const answer =
      moment === 'before its commit' ? await abort(database, mode, callback) : undefined;
    die();
    // What was told before the commit was heard.
    return answer === undefined ? never() : answer.result;
  };
  return { use, died, isDead: () => isDead };
}

/** Undefined where nothing was told before the transaction had failed, as it should be. */
async function abort<Result>(
  database: UseStore,
  ...[mode, callback]: Parameters<typeof database<Result>>
): Promise<{ readonly result: Result } | undefined> {
  try {
    const result = await database(mode, (store) => {
      const answering = callback(store);
      void settle().then(() => store.transaction.abort());
      return answering;
    });
    return { result };
  } catch {
    return undefined;
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
}
