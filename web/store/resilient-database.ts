import type { UseStore } from 'idb-keyval';
import { promisifyRequest } from 'idb-keyval';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { DatabaseConnection, openDatabase } from './database-connection.ts';

/** Of a transaction, where the database itself is there. */
const MAX_TRIES = 3;
/**
 * Before a database that was open before is opened once more: a browser that clears the site's data refuses until it
 * has, which takes it a moment, or longer where it has much else to do.
 */
const PAUSES_MS = [0, 100, 400, 1_500, 3_000];

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
  const { durability = 'relaxed', pass = passTime } = options;
  const opener = new Opener(options, pass);
  return async (mode, callback) => {
    const pausesMs = PAUSES_MS.values();
    for (let tries = 1; ;) {
      let connection: DatabaseConnection | undefined;
      try {
        connection = await opener.open();
        return await connection.run({ mode, durability, callback });
      } catch (error) {
        const isGone = connection === undefined && opener.wasOpen;
        const pauseMs = isGone ? pausesMs.next().value : 0;
        if (!isGone) tries += 1;
        if (tries > MAX_TRIES || pauseMs === undefined || !canRetry(error)) {
          throw toStoreError(error);
        }
        if (connection !== undefined) opener.leave(connection);
        if (pauseMs > 0) await pass(pauseMs);
      }
    }
  };
}

/** Keeps the connection that transactions begin on. */
class Opener {
  readonly #options: DatabaseOptions;
  readonly #pass: (durationMs: number) => Promise<void>;
  #opening: Promise<DatabaseConnection> | undefined;
  #connection: DatabaseConnection | undefined;
  /** At any time before. */
  wasOpen = false;

  constructor(options: DatabaseOptions, pass: (durationMs: number) => Promise<void>) {
    this.#options = options;
    this.#pass = pass;
  }

  /** Never keeps a rejected open: the next call opens anew. */
  open(): Promise<DatabaseConnection> {
    if (this.#opening !== undefined) return this.#opening;
    const opening = this.#openOnce();
    this.#opening = opening;
    opening.catch(() => (this.#opening = undefined));
    return opening;
  }

  /** Opens anew from now on, unless that was done already; transactions under way still finish. */
  leave(connection: DatabaseConnection): void {
    connection.leave();
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.#opening = undefined;
  }

  async #openOnce(): Promise<DatabaseConnection> {
    const factory = this.#options.factory ?? globalThis.indexedDB;
    const database = await promisifyRequest(openDatabase(factory, this.#options.name));
    const connection = new DatabaseConnection(database, {
      onLost: () => this.leave(connection),
      pass: this.#pass,
    });
    this.#connection = connection;
    this.wasOpen = true;
    return connection;
  }
}

function passTime(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
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
