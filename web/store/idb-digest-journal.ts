import type { UseStore } from 'idb-keyval';
import type { DigestJournal } from '../app/ports/digest-journal.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import { promisifyRequest } from 'idb-keyval';
import { equalBytes } from '../../shared/share/bytes.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { GatheringQueue } from './gathering-queue.ts';
import { isBytes, ownBytes } from './owned-bytes.ts';
import { pieceKey, shareRange } from './piece-key.ts';

const DIGEST_LENGTH = 32;

interface Entry {
  readonly piece: number;
  readonly digest: Bytes;
  /** What had been recorded for this piece already. */
  before: unknown;
}

/** The digests of one share's sealed pieces in IndexedDB, under [share ID, piece]. A committed digest never changes. */
export class IdbDigestJournal implements DigestJournal {
  readonly #database: UseStore;
  readonly #shareId: ShareId;
  readonly #queue: GatheringQueue<Entry>;

  constructor(database: UseStore, shareId: ShareId, clock: Clock) {
    this.#database = database;
    this.#shareId = shareId;
    this.#queue = new GatheringQueue({
      clock,
      gatherMs: 0,
      write: (entries) => this.#write(entries),
    });
  }

  /** Rejects with `unavailable` for a damaged entry: forgetting it could seal a second plaintext under one nonce. */
  async record(piece: number, digest: Bytes): Promise<void> {
    const entry: Entry = { piece, digest: ownBytes(digest), before: undefined };
    await this.#queue.add(entry, digest.byteLength);
    const { before } = entry;
    if (before === undefined) return;
    if (!isDigest(before)) throw new StoreError('unavailable');
    if (!equalBytes(before, digest)) throw new StoreError('source-changed');
  }

  clear(): Promise<void> {
    return this.#queue.run(() =>
      this.#database('readwrite', (store) => {
        store.delete(shareRange(this.#shareId));
        return promisifyRequest(store.transaction);
      }),
    );
  }

  /** Two tabs cannot both be first: adding fails, inside the transaction, where there is an entry already. */
  #write(entries: readonly Entry[]): Promise<void> {
    return this.#database('readwrite', (store) => {
      for (const entry of entries) {
        const key = pieceKey(this.#shareId, entry.piece);
        const adding = store.add(entry.digest, key);
        adding.addEventListener('error', (event) => {
          // Whatever else went wrong, nothing was committed: the transaction is to fail.
          if (adding.error?.name !== 'ConstraintError') return;
          event.preventDefault();
          event.stopPropagation();
          const found: IDBRequest<unknown> = store.get(key);
          found.addEventListener('success', () => (entry.before = found.result));
        });
      }
      return promisifyRequest(store.transaction);
    });
  }
}

function isDigest(value: unknown): value is Bytes {
  return isBytes(value) && value.byteLength === DIGEST_LENGTH;
}
