import type { UseStore } from 'idb-keyval';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import type { BundleForm, PieceBundle } from './piece-bundle.ts';
import { get, promisifyRequest } from 'idb-keyval';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { GatheringQueue } from './gathering-queue.ts';
import { dropFromBundle, makeBundle, parseBundle, readFromBundle } from './piece-bundle.ts';
import { bundleKey, piecesInKey, shareRange } from './piece-key.ts';

/** A piece is served from memory until it is written, so that nobody waits for this. */
const GATHER_MS = 100;

/**
 * Sealed pieces in IndexedDB, several in one value under [share ID, piece, piece, …]: the keys alone say what is held.
 * One database holds the pieces of every share, and several tabs may have a store on it.
 */
export class IdbPieceStore implements PieceStore {
  readonly #database: UseStore;
  readonly #shareId: ShareId;
  readonly #queue: GatheringQueue<{ readonly piece: number; readonly sealed: Bytes }>;
  /** Under which pieces' key each piece is. Read from the keys when first needed, and anew where it proves wrong. */
  #places: Promise<Map<number, readonly number[]>> | undefined;
  #form: BundleForm = 'blob';

  constructor(database: UseStore, shareId: ShareId, clock: Clock) {
    this.#database = database;
    this.#shareId = shareId;
    this.#queue = new GatheringQueue({
      clock,
      gatherMs: GATHER_MS,
      write: (items) => this.#write(new Map(items.map(({ piece, sealed }) => [piece, sealed]))),
    });
  }

  /** Waits for what was put before. */
  async held(): Promise<readonly number[]> {
    await this.#queue.run(async () => {});
    this.#places = undefined;
    return [...(await this.#readPlaces()).keys()].toSorted((a, b) => a - b);
  }

  /** A record that is no bundle counts as not held; a changed piece is found by verifying it. */
  async get(piece: number): Promise<Bytes | undefined> {
    const found = await this.#find(piece);
    if (found !== undefined) return found;
    if (!(await this.#readPlaces()).has(piece)) return undefined;
    // Another tab may have put the bundle together anew.
    this.#places = undefined;
    return this.#find(piece);
  }

  put(piece: number, sealed: Bytes): Promise<void> {
    return this.#queue.add({ piece, sealed }, sealed.byteLength);
  }

  remove(piece: number): Promise<void> {
    return this.#queue.run(() => this.#remove(new Set([piece])));
  }

  clear(): Promise<void> {
    return this.#queue.run(async () => {
      await this.#database('readwrite', (store) => {
        store.delete(shareRange(this.#shareId));
        return promisifyRequest(store.transaction);
      });
      this.#places = undefined;
    });
  }

  async #find(piece: number): Promise<Bytes | undefined> {
    const pieces = (await this.#readPlaces()).get(piece);
    if (pieces === undefined) return undefined;
    const value: unknown = await get(bundleKey(this.#shareId, pieces), this.#database);
    const bundle = parseBundle(value, pieces.length);
    return bundle && readFromBundle(bundle, pieces.indexOf(piece));
  }

  #readPlaces(): Promise<Map<number, readonly number[]>> {
    if (this.#places !== undefined) return this.#places;
    const places = this.#listPlaces();
    this.#places = places;
    places.catch(() => {
      if (this.#places === places) this.#places = undefined;
    });
    return places;
  }

  async #listPlaces(): Promise<Map<number, readonly number[]>> {
    const keys = await this.#database('readonly', (store) =>
      promisifyRequest(store.getAllKeys(shareRange(this.#shareId))),
    );
    const places = new Map<number, readonly number[]>();
    for (const key of keys) {
      const pieces = piecesInKey(key);
      for (const piece of pieces) places.set(piece, pieces);
    }
    return places;
  }

  async #write(sealed: ReadonlyMap<number, Bytes>): Promise<void> {
    const places = await this.#readPlaces();
    const again = new Set([...sealed.keys()].filter((piece) => places.has(piece)));
    if (again.size > 0) await this.#remove(again);
    const pieces = [...sealed.keys()];
    await this.#putBundle(bundleKey(this.#shareId, pieces), [...sealed.values()]);
    const nowPlaces = await this.#readPlaces();
    for (const piece of pieces) nowPlaces.set(piece, pieces);
  }

  /** Some browsers refuse Blobs in a database, in private windows above all: bytes take their place. */
  async #putBundle(key: IDBValidKey, pieces: readonly Bytes[]): Promise<void> {
    try {
      await this.#put(key, makeBundle(pieces, this.#form));
    } catch (error) {
      const isFull = error instanceof StoreError && error.code === 'quota-exceeded';
      if (this.#form === 'bytes' || isFull) throw error;
      await this.#put(key, makeBundle(pieces, 'bytes'));
      this.#form = 'bytes';
    }
  }

  #put(key: IDBValidKey, bundle: PieceBundle): Promise<void> {
    return this.#database('readwrite', (store) => {
      store.put(bundle, key);
      return promisifyRequest(store.transaction);
    });
  }

  /** A bundle whose bytes the browser has lost cannot be put together anew: it goes as a whole. */
  async #remove(dropped: ReadonlySet<number>): Promise<void> {
    try {
      await this.#forEachBundleOf(dropped, (store, key) =>
        dropFromRecord(store, this.#shareId, key, dropped),
      );
    } catch (error) {
      // Without room nothing may be given up: room can be made.
      if (!(error instanceof StoreError) || error.code === 'quota-exceeded') throw error;
      await this.#forEachBundleOf(dropped, (store, key) => store.delete(key));
    } finally {
      this.#places = undefined;
    }
  }

  /** Looks at the keys as they are now, since other tabs have their own bundles. */
  #forEachBundleOf(
    wanted: ReadonlySet<number>,
    change: (store: IDBObjectStore, key: IDBValidKey) => void,
  ): Promise<void> {
    return this.#database('readwrite', (store) => {
      const keys = store.getAllKeys(shareRange(this.#shareId));
      keys.addEventListener('success', () => {
        for (const key of keys.result) {
          if (piecesInKey(key).some((piece) => wanted.has(piece))) change(store, key);
        }
      });
      return promisifyRequest(store.transaction);
    });
  }
}

function dropFromRecord(
  store: IDBObjectStore,
  shareId: ShareId,
  key: IDBValidKey,
  dropped: ReadonlySet<number>,
): void {
  const pieces = piecesInKey(key);
  const kept = pieces.filter((piece) => !dropped.has(piece));
  if (kept.length === 0) {
    store.delete(key);
    return;
  }
  const request: IDBRequest<unknown> = store.get(key);
  request.addEventListener('success', () => {
    const bundle = parseBundle(request.result, pieces.length);
    store.delete(key);
    if (bundle === undefined) return;
    const positions = new Set(pieces.flatMap((piece, at) => (dropped.has(piece) ? [at] : [])));
    store.put(dropFromBundle(bundle, positions), bundleKey(shareId, kept));
  });
}
