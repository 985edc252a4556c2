import type { Geometry } from '../../shared/share/geometry.ts';
import type { SharerStore } from './ports/share-stores.ts';
import { quietly } from './quietly.ts';

/** Up to this a copy in the store is made at once. */
const KEEP_AT_ONCE_BYTES = 32 * 1024 * 1024;

/** The sealed pieces that a sharer keeps, so that a reload goes on without the files. */
export class StoredCopy {
  readonly #store: SharerStore;
  readonly #geometry: Geometry;
  readonly #isWanted: () => boolean;
  #isKeeping = false;

  constructor(store: SharerStore, geometry: Geometry, isWanted: () => boolean) {
    this.#store = store;
    this.#geometry = geometry;
    this.#isWanted = isWanted;
  }

  /** Makes a whole copy of a small share. */
  async keepSmall(): Promise<void> {
    if (this.#geometry.streamLength > KEEP_AT_ONCE_BYTES) return;
    this.#store.wantAllKept();
    await this.#keep(Infinity);
  }

  /** Of a larger share, what was given out is kept bit by bit while nobody wants anything. */
  async keepMore(): Promise<void> {
    await this.#keep(1);
  }

  /** Of which pieces the sealed form is at hand, or was made since the page was opened. */
  readSealed(): Promise<(piece: number) => boolean> {
    return this.#store.readSealed();
  }

  async #keep(rounds: number): Promise<void> {
    if (this.#isKeeping) return;
    this.#isKeeping = true;
    try {
      for (let round = 0; round < rounds && this.#isWanted(); round += 1) {
        // Files that changed have been told of already; what cannot be kept now can be sealed again.
        if ((await quietly(this.#store.keepMore())) !== true) break;
      }
    } finally {
      this.#isKeeping = false;
    }
  }
}
