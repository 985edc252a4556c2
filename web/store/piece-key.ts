import type { ShareId } from '../../shared/share/share-id.ts';

/** The key of anything kept per piece: arrays sort by share first, then by piece as a number. */
export function pieceKey(shareId: ShareId, piece: number): IDBValidKey {
  return [shareId, piece];
}

/** Every piece of one share: in IndexedDB's order of keys an array comes after every number. */
export function pieceRange(shareId: ShareId): IDBKeyRange {
  return IDBKeyRange.bound([shareId], [shareId, []]);
}

export function pieceInKey(key: IDBValidKey): number | undefined {
  const piece: unknown = Array.isArray(key) ? key[1] : undefined;
  return typeof piece === 'number' && Number.isSafeInteger(piece) && piece >= 0 ? piece : undefined;
}
