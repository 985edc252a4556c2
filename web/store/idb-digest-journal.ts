import type { UseStore } from 'idb-keyval';
import type { DigestJournal } from '../app/ports/digest-journal.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import { equalBytes } from '../../shared/share/bytes.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { BatchedWriter } from './batched-writer.ts';
import { isBytes, ownBytes } from './owned-bytes.ts';
import { pieceKey, shareRange } from './piece-key.ts';

const DIGEST_LENGTH = 32;

/** The digests of one share's sealed pieces in IndexedDB, under [share ID, piece]. A committed digest never changes. */
export class IdbDigestJournal implements DigestJournal {
  readonly #shareId: ShareId;
  readonly #writer: BatchedWriter;

  constructor(database: UseStore, shareId: ShareId) {
    this.#shareId = shareId;
    this.#writer = new BatchedWriter(database);
  }

  /** Rejects with `unavailable` for a damaged entry: forgetting it could seal a second plaintext under one nonce. */
  async record(piece: number, digest: Bytes): Promise<void> {
    const key = pieceKey(this.#shareId, piece);
    const own = ownBytes(digest);
    let before: unknown;
    await this.#writer.write({
      byteLength: own.byteLength,
      // Looked up inside the transaction that writes, so that two tabs cannot both be first.
      apply: (store) => {
        const request: IDBRequest<unknown> = store.get(key);
        request.addEventListener('success', () => {
          before = request.result;
          if (before === undefined) store.put(own, key);
        });
      },
    });
    if (before === undefined) return;
    if (!isDigest(before)) throw new StoreError('unavailable');
    if (!equalBytes(before, own)) throw new StoreError('source-changed');
  }

  clear(): Promise<void> {
    const range = shareRange(this.#shareId);
    return this.#writer.write({ byteLength: 0, apply: (store) => store.delete(range) });
  }
}

function isDigest(value: unknown): value is Bytes {
  return isBytes(value) && value.byteLength === DIGEST_LENGTH;
}
