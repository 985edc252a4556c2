import type { UseStore } from 'idb-keyval';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import type { BundleForm, PieceBundle } from './piece-bundle.ts';
import { get, promisifyRequest } from 'idb-keyval';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { GatheringQueue } from './gathering-queue.ts';
import { makeBundle, parseBundle, readFromBundle } from './piece-bundle.ts';
import { bundleKey, piecesInKey, shareRange } from './piece-key.ts';

/** Of a value that is there, and whose bytes are gone for good; older browsers say one of the latter two. */
const LOST = new Set(['NotReadableError', 'NotFoundError', 'DataError']);

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
    const bundle = pieces && (await this.#readBundle(pieces));
    return bundle && readFromBundle(bundle, pieces.indexOf(piece));
  }

  async #readBundle(pieces: readonly number[]): Promise<PieceBundle | undefined> {
    const value: unknown = await get(bundleKey(this.#shareId, pieces), this.#database);
    return parseBundle(value, pieces.length);
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
    const places = new Map<number, readonly number[]>();
    for (const pieces of await this.#listBundles()) {
      for (const piece of pieces) places.set(piece, pieces);
    }
    return places;
  }

  async #listBundles(): Promise<readonly (readonly number[])[]> {
    const keys = await this.#database('readonly', (store) =>
      promisifyRequest(store.getAllKeys(shareRange(this.#shareId))),
    );
    return keys.map(piecesInKey);
  }

  async #write(sealed: ReadonlyMap<number, Bytes>): Promise<void> {
    const places = await this.#readPlaces();
    const again = new Set([...sealed.keys()].filter((piece) => places.has(piece)));
    if (again.size > 0) await this.#remove(again);
    await this.#putBundle(sealed);
    const pieces = [...sealed.keys()];
    const nowPlaces = await this.#readPlaces();
    for (const piece of pieces) nowPlaces.set(piece, pieces);
  }

  /** Looks at the keys as they are now, since other tabs have their own bundles. */
  async #remove(dropped: ReadonlySet<number>): Promise<void> {
    try {
      for (const pieces of await this.#listBundles()) {
        if (pieces.some((piece) => dropped.has(piece))) await this.#rebundle(pieces, dropped);
      }
    } finally {
      this.#places = undefined;
    }
  }

  /** Puts a bundle together anew without these pieces, and without those whose bytes the browser has lost. */
  async #rebundle(pieces: readonly number[], dropped: ReadonlySet<number>): Promise<void> {
    const bundle = await this.#readBundle(pieces).catch(passLost);
    const kept = new Map<number, Bytes>();
    for (const [position, piece] of pieces.entries()) {
      if (bundle === undefined || dropped.has(piece)) continue;
      const sealed = await readFromBundle(bundle, position);
      if (sealed !== undefined) kept.set(piece, sealed);
    }
    await this.#putBundle(kept, bundleKey(this.#shareId, pieces));
  }

  /** Some browsers refuse Blobs in a database, in private windows above all: bytes take their place. */
  async #putBundle(sealed: ReadonlyMap<number, Bytes>, replaced?: IDBValidKey): Promise<void> {
    try {
      await this.#put(sealed, this.#form, replaced);
    } catch (error) {
      const isFull = error instanceof StoreError && error.code === 'quota-exceeded';
      if (this.#form === 'bytes' || isFull) throw error;
      await this.#put(sealed, 'bytes', replaced);
      this.#form = 'bytes';
    }
  }

  /** In place of another bundle only if that is still there: other tabs remove pieces, too. */
  #put(
    sealed: ReadonlyMap<number, Bytes>,
    form: BundleForm,
    replaced: IDBValidKey | undefined,
  ): Promise<void> {
    const key = bundleKey(this.#shareId, [...sealed.keys()]);
    const bundle = makeBundle([...sealed.values()], form);
    return this.#database('readwrite', (store) => {
      const change = (): void => {
        if (replaced !== undefined) store.delete(replaced);
        if (sealed.size > 0) store.put(bundle, key);
      };
      if (replaced === undefined) change();
      else {
        const found = store.getKey(replaced);
        found.addEventListener('success', () => {
          if (found.result !== undefined) change();
        });
      }
      return promisifyRequest(store.transaction);
    });
  }
}

/** Undefined where the browser has lost the bytes; any other failure may pass, and is thrown again. */
function passLost(error: unknown): undefined {
  const cause = error instanceof StoreError ? error.cause : error;
  if (!(cause instanceof DOMException) || !LOST.has(cause.name)) throw error;
}
