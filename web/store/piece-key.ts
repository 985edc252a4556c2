import type { ShareId } from '../../shared/share/share-id.ts';
import { isShareId } from '../../shared/share/share-id.ts';

/** The key of anything kept per piece: arrays sort by share first, then by piece as a number. */
export function pieceKey(shareId: ShareId, piece: number): IDBValidKey {
  return [shareId, piece];
}

/** The key of pieces that are kept together. */
export function bundleKey(shareId: ShareId, pieces: readonly number[]): IDBValidKey {
  return [shareId, ...pieces];
}

/** Everything of one share: in IndexedDB's order of keys an array comes after every number. */
export function shareRange(shareId: ShareId): IDBKeyRange {
  return IDBKeyRange.bound([shareId], [shareId, []]);
}

/** Empty where the key is not of ours. */
export function piecesInKey(key: IDBValidKey): readonly number[] {
  const pieces: unknown[] = Array.isArray(key) ? key.slice(1) : [];
  return pieces.every(isPieceNumber) ? pieces : [];
}

function isPieceNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Undefined where the key is not of ours. */
export function shareInKey(key: IDBValidKey): ShareId | undefined {
  const first: unknown = Array.isArray(key) ? key[0] : undefined;
  return typeof first === 'string' && isShareId(first) ? first : undefined;
}
