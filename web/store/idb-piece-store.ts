import type { UseStore } from 'idb-keyval';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import { get, promisifyRequest } from 'idb-keyval';
import { BatchedWriter } from './batched-writer.ts';
import { isBytes, ownBytes } from './owned-bytes.ts';
import { pieceInKey, pieceKey, pieceRange } from './piece-key.ts';

/** Sealed pieces in IndexedDB, under [share ID, piece]; one database holds those of every share. */
export class IdbPieceStore implements PieceStore {
  readonly #database: UseStore;
  readonly #shareId: ShareId;
  readonly #writer: BatchedWriter;

  constructor(database: UseStore, shareId: ShareId) {
    this.#database = database;
    this.#shareId = shareId;
    this.#writer = new BatchedWriter(database);
  }

  async held(): Promise<readonly number[]> {
    const range = pieceRange(this.#shareId);
    const keys = await this.#database('readonly', (store) =>
      promisifyRequest(store.getAllKeys(range)),
    );
    return keys.map(pieceInKey).filter((piece) => piece !== undefined);
  }

  /** A record that is no piece at all counts as not held; a changed piece is found by verifying it. */
  async get(piece: number): Promise<Bytes | undefined> {
    const value: unknown = await get(pieceKey(this.#shareId, piece), this.#database);
    return isBytes(value) ? value : undefined;
  }

  put(piece: number, sealed: Bytes): Promise<void> {
    const key = pieceKey(this.#shareId, piece);
    const value = ownBytes(sealed);
    return this.#writer.write({
      byteLength: value.byteLength,
      apply: (store) => store.put(value, key),
    });
  }

  remove(piece: number): Promise<void> {
    return this.#delete(pieceKey(this.#shareId, piece));
  }

  clear(): Promise<void> {
    return this.#delete(pieceRange(this.#shareId));
  }

  /** In line with the puts: what was put before is gone, what is put after stays. */
  #delete(query: IDBValidKey | IDBKeyRange): Promise<void> {
    return this.#writer.write({ byteLength: 0, apply: (store) => store.delete(query) });
  }
}
