import type { Bytes } from '../share/bytes.ts';
import type { Membership } from './membership.ts';
import type { PieceStore } from './ports/piece-store.ts';

/**
 * A store whose pieces are verified again when they are read: what rests on a disk may change there, and whoever was
 * served such a piece would take us for a liar. An altered piece is removed, and counts as not held.
 */
export class VerifiedPieceStore implements PieceStore {
  readonly #store: PieceStore;
  readonly #verifyPiece: Membership['verifyPiece'];

  constructor(store: PieceStore, verifyPiece: Membership['verifyPiece']) {
    this.#store = store;
    this.#verifyPiece = verifyPiece;
  }

  async get(piece: number): Promise<Bytes | undefined> {
    const sealed = await this.#store.get(piece);
    if (sealed === undefined || (await this.#verifyPiece(piece, sealed))) return sealed;
    await this.#store.remove(piece);
    return undefined;
  }

  getUnverified(piece: number): Promise<Bytes | undefined> {
    return this.#store.get(piece);
  }

  held(): Promise<readonly number[]> {
    return this.#store.held();
  }

  put(piece: number, sealed: Bytes): Promise<void> {
    return this.#store.put(piece, sealed);
  }

  remove(piece: number): Promise<void> {
    return this.#store.remove(piece);
  }

  clear(): Promise<void> {
    return this.#store.clear();
  }
}
