import type { Bytes } from '../../share/bytes.ts';

export type StoreErrorCode =
  | 'quota-exceeded'
  | 'source-changed'
  | 'source-unreadable'
  | 'unavailable';

/** The store's own failure; a piece that is not there is no failure. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, options?: ErrorOptions) {
    super(`piece store: ${code}`, options);
    this.code = code;
  }
}

/** Keeps the sealed pieces of one share. All methods reject with StoreError alone. */
export interface PieceStore {
  /** Indices of the pieces that `get` can give, ascending: the stored keys themselves, no second record. */
  held: () => Promise<readonly number[]>;
  /** The sealed piece, or undefined where it is not held (any more). What rests on a disk may have been altered. */
  get: (piece: number) => Promise<Bytes | undefined>;
  /** Where `get` verifies what it gives: the same without that, for whoever opens it, which shows as much. */
  getUnverified?: (piece: number) => Promise<Bytes | undefined>;
  /** Resolves when committed. The caller verified the piece and does not touch the bytes again. */
  put: (piece: number, sealed: Bytes) => Promise<void>;
  /** Forgets one piece; one that is not held is no error. */
  remove: (piece: number) => Promise<void>;
  /** Forgets every piece of this share and of no other. */
  clear: () => Promise<void>;
}
