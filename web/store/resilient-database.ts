import type { UseStore } from 'idb-keyval';
import { promisifyRequest } from 'idb-keyval';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';

const STORE_NAME = 'entries';
const MAX_TRIES = 3;

export interface DatabaseOptions {
  readonly name: string;
  /** What a commit waits for: the system's buffers (relaxed, the default) or the disk (strict). */
  readonly durability?: 'relaxed' | 'strict';
  /** Looked up at every open where it is not given: reading it may throw in a locked-down browser. */
  readonly factory?: IDBFactory;
}

/**
 * A database for idb-keyval's functions that survives a failed open and a lost connection: it opens anew and repeats
 * the transaction, three tries in all, so every transaction must be one that may run twice. Rejects with StoreError.
 */
export function openResilientDatabase(options: DatabaseOptions): UseStore {
  const connection = new Connection(options);
  return async (mode, callback) => {
    for (let tries = 1; ; tries += 1) {
      let database: IDBDatabase | undefined;
      try {
        database = await connection.open();
        return await runTransaction(database, mode, options, callback);
      } catch (error) {
        if (tries === MAX_TRIES || !canRetry(error)) throw toStoreError(error);
        if (database !== undefined) connection.drop(database);
      }
    }
  };
}

class Connection {
  readonly #options: DatabaseOptions;
  #opening: Promise<IDBDatabase> | undefined;
  #database: IDBDatabase | undefined;

  constructor(options: DatabaseOptions) {
    this.#options = options;
  }

  /** Never keeps a rejected open: the next call opens anew. */
  open(): Promise<IDBDatabase> {
    if (this.#opening !== undefined) return this.#opening;
    const opening = this.#openOnce();
    this.#opening = opening;
    opening.then(
      (database) => this.#watch(database),
      () => (this.#opening = undefined),
    );
    return opening;
  }

  /** Lets go of a connection that failed, unless it was replaced already; transactions under way on it still finish. */
  drop(database: IDBDatabase): void {
    if (this.#database === database) {
      this.#database = undefined;
      this.#opening = undefined;
    }
    database.close();
  }

  #watch(database: IDBDatabase): void {
    this.#database = database;
    // The browser closes connections by itself: Safari in the background, any browser when it evicts the origin.
    database.addEventListener('close', () => this.drop(database));
    // Another tab deletes the database: holding on would block it for ever.
    database.addEventListener('versionchange', () => this.drop(database));
  }

  async #openOnce(): Promise<IDBDatabase> {
    const factory = this.#options.factory ?? globalThis.indexedDB;
    const request = factory.open(this.#options.name, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(STORE_NAME);
    });
    return promisifyRequest(request);
  }
}

async function runTransaction<T>(
  database: IDBDatabase,
  mode: IDBTransactionMode,
  options: DatabaseOptions,
  callback: (store: IDBObjectStore) => T | PromiseLike<T>,
): Promise<T> {
  const durability = options.durability ?? 'relaxed';
  const transaction = database.transaction(STORE_NAME, mode, { durability });
  const aborted = new Promise<DOMException | null>((resolve) => {
    transaction.addEventListener('abort', () => resolve(transaction.error));
  });
  try {
    return await callback(transaction.objectStore(STORE_NAME));
  } catch (error) {
    abort(transaction);
    // The transaction's own error names the cause (the quota, say) where a request only knows that it was aborted. A
    // failed request reaches the transaction before its abort does, and then idb-keyval has no error to give yet.
    throw transaction.error ?? error ?? (await aborted);
  }
}

/** So that half a batch is never committed behind a rejected promise. */
function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It had ended already.
  }
}

function canRetry(error: unknown): boolean {
  const name = errorName(error);
  return name !== 'QuotaExceededError' && name !== 'DataCloneError' && name !== 'DataError';
}

function toStoreError(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const isQuota = errorName(cause) === 'QuotaExceededError';
  return new StoreError(isQuota ? 'quota-exceeded' : 'unavailable', { cause });
}

function errorName(error: unknown): string | undefined {
  return error instanceof Error || error instanceof DOMException ? error.name : undefined;
}
