import type { UseStore } from 'idb-keyval';
import { promisifyRequest } from 'idb-keyval';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';

const STORE_NAME = 'entries';
/** Of a transaction, where the database itself is there. */
const MAX_TRIES = 3;
/**
 * Before a database that was open before is opened once more: a browser that clears the site's data refuses until it
 * has, which takes it a moment, or longer where it has much else to do.
 */
const PAUSES_MS = [0, 100, 400, 1_500, 3_000];
/** Nothing is told of a connection once it was closed from here, and others may wait for an answer on it. */
const CLOSE_AFTER_MS = 1_000;

export interface DatabaseOptions {
  readonly name: string;
  /** What a commit waits for: the system's buffers (relaxed, the default) or the disk (strict). */
  readonly durability?: 'relaxed' | 'strict';
  /** Looked up at every open where it is not given: reading it may throw in a locked-down browser. */
  readonly factory?: IDBFactory;
  /** Resolves after that time. */
  readonly pass?: (durationMs: number) => Promise<void>;
}

/**
 * A database for idb-keyval's functions that survives a failed open and a lost connection: it opens anew and repeats
 * the transaction, three tries in all, so every transaction must be one that may run twice. While what was open before
 * cannot be opened it tries for five seconds. Rejects with StoreError.
 */
export function openResilientDatabase(options: DatabaseOptions): UseStore {
  const connection = new Connection(options);
  const { pass = passTime } = options;
  return async (mode, callback) => {
    const pausesMs = PAUSES_MS.values();
    for (let tries = 1; ;) {
      let database: IDBDatabase | undefined;
      try {
        database = await connection.open();
        return await runTransaction(database, mode, options, callback);
      } catch (error) {
        const isGone = database === undefined && connection.wasOpen;
        const pauseMs = isGone ? pausesMs.next().value : 0;
        if (!isGone) tries += 1;
        if (tries > MAX_TRIES || pauseMs === undefined || !canRetry(error)) {
          throw toStoreError(error);
        }
        if (database !== undefined) {
          const failed = database;
          connection.forget(failed);
          void pass(CLOSE_AFTER_MS).then(() => failed.close());
        }
        if (pauseMs > 0) await pass(pauseMs);
      }
    }
  };
}

class Connection {
  readonly #options: DatabaseOptions;
  #opening: Promise<IDBDatabase> | undefined;
  #database: IDBDatabase | undefined;
  /** At any time before. */
  wasOpen = false;

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

  /** Opens anew from now on, unless that was done already; transactions under way still finish. */
  forget(database: IDBDatabase): void {
    if (this.#database !== database) return;
    this.#database = undefined;
    this.#opening = undefined;
  }

  #watch(database: IDBDatabase): void {
    this.#database = database;
    this.wasOpen = true;
    // The browser closes connections by itself: Safari in the background, any browser when it evicts the origin.
    database.addEventListener('close', () => this.forget(database));
    // Another tab deletes the database: holding on would block it for ever.
    database.addEventListener('versionchange', () => {
      this.forget(database);
      database.close();
    });
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
  // Chromium, which closes connections as it clears a site, leaves a transaction that begins then without any answer.
  const { closed, stopWatching } = watchClosing(database);
  try {
    return await Promise.race([callback(transaction.objectStore(STORE_NAME)), closed]);
  } catch (error) {
    abort(transaction);
    // The transaction's own error names the cause (the quota, say) where a request only knows that it was aborted. A
    // failed request reaches the transaction before its abort does, and then idb-keyval has no error to give yet.
    throw transaction.error ?? error ?? (await Promise.race([aborted, closed]));
  } finally {
    stopWatching();
  }
}

/** `closed` rejects when the browser closes the connection. */
function watchClosing(database: IDBDatabase): {
  readonly closed: Promise<never>;
  readonly stopWatching: () => void;
} {
  let stopWatching = ignore;
  const closed = new Promise<never>((_resolve, reject) => {
    const fail = (): void => reject(new DOMException('the connection was closed', 'AbortError'));
    database.addEventListener('close', fail);
    stopWatching = () => database.removeEventListener('close', fail);
  });
  return { closed, stopWatching };
}

function ignore(): void {}

function passTime(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
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
