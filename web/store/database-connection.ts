const STORE_NAME = 'entries';
/** What waits on a connection that is closed from here has so long to end, as another tab waits for it. */
const GRACE_MS = 1_000;

/** What one transaction is to do, and how it is to be written. */
export interface Transaction<Result> {
  readonly mode: IDBTransactionMode;
  /** What a commit waits for: the system's buffers (relaxed) or the disk (strict). */
  readonly durability: 'relaxed' | 'strict';
  readonly callback: (store: IDBObjectStore) => Result | PromiseLike<Result>;
}

interface DatabaseConnectionEvents {
  /** No more is to begin on it. */
  readonly onLost: () => void;
  readonly pass: (durationMs: number) => Promise<void>;
}

export function openDatabase(factory: IDBFactory, name: string): IDBOpenDBRequest {
  const request = factory.open(name, 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(STORE_NAME);
  });
  return request;
}

/**
 * One connection and what runs on it. A browser tells nothing any more of a connection that was closed from here, so
 * that is done only when nothing waits on it, or for another tab: then what waits for too long is broken off.
 */
export class DatabaseConnection {
  readonly #database: IDBDatabase;
  /** What breaks off each transaction under way. */
  readonly #running = new Set<() => void>();
  #isLeft = false;

  constructor(database: IDBDatabase, events: DatabaseConnectionEvents) {
    this.#database = database;
    // The browser closes connections by itself: Safari in the background, any browser when it evicts the origin.
    // Chromium, as it clears a site, leaves a transaction that begins then without any answer.
    database.addEventListener('close', () => {
      events.onLost();
      this.#breakOff();
    });
    // Another tab deletes the database: holding on would block it for ever.
    database.addEventListener('versionchange', () => {
      events.onLost();
      database.close();
      void events.pass(GRACE_MS).then(() => this.#breakOff());
    });
  }

  /** Resolves with what the callback does, or rejects and leaves nothing of it behind. Throws where it is closed. */
  async run<Result>({ mode, durability, callback }: Transaction<Result>): Promise<Result> {
    const transaction = this.#database.transaction(STORE_NAME, mode, { durability });
    const aborted = new Promise<DOMException | null>((resolve) => {
      transaction.addEventListener('abort', () => resolve(transaction.error));
    });
    const { brokenOff, end } = this.#begin();
    try {
      return await Promise.race([callback(transaction.objectStore(STORE_NAME)), brokenOff]);
    } catch (error) {
      abort(transaction);
      // The transaction's own error names the cause (the quota, say) where a request only knows that it was aborted. A
      // failed request reaches the transaction before its abort does, and then idb-keyval has no error to give yet.
      throw transaction.error ?? error ?? (await Promise.race([aborted, brokenOff]));
    } finally {
      end();
    }
  }

  /** Nothing is to begin on it; what runs still finishes. */
  leave(): void {
    this.#isLeft = true;
    this.#closeWhenIdle();
  }

  #begin(): { readonly brokenOff: Promise<never>; readonly end: () => void } {
    let breakOff = ignore;
    const brokenOff = new Promise<never>((_resolve, reject) => {
      breakOff = () => reject(new DOMException('the connection was closed', 'AbortError'));
    });
    this.#running.add(breakOff);
    const end = (): void => {
      this.#running.delete(breakOff);
      this.#closeWhenIdle();
    };
    return { brokenOff, end };
  }

  #breakOff(): void {
    for (const breakOff of this.#running) breakOff();
  }

  #closeWhenIdle(): void {
    if (this.#isLeft && this.#running.size === 0) this.#database.close();
  }
}

function ignore(): void {}

/** So that half a batch is never committed behind a rejected promise. */
function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It had ended already.
  }
}
