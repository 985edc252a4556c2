import type { ShareId } from '../../../shared/share/share-id.ts';

/** How much of this browser's storage the page takes. */
export interface SpaceMeter {
  /** Of everything together, as the browser says; undefined where it does not. */
  readonly measure: () => Promise<SpaceFigures | undefined>;
  /** The pieces that are stored, by share. Rejects with StoreError. */
  readonly listPieces: () => Promise<ReadonlyMap<ShareId, readonly number[]>>;
}

export interface SpaceFigures {
  readonly usedBytes: number;
  /** All that the browser would give, what is used included. */
  readonly quotaBytes: number;
}
