import type { UseStore } from 'idb-keyval';
import { promisifyRequest } from 'idb-keyval';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { SpaceMeter } from '../app/ports/space-meter.ts';
import { piecesInKey, shareInKey } from './piece-key.ts';

/** Counts by the keys of the pieces' database, without reading any piece. */
export function createSpaceMeter(
  pieces: UseStore,
  storage: Pick<StorageManager, 'estimate'> = navigator.storage,
): SpaceMeter {
  return {
    async measure() {
      try {
        const { usage, quota } = await storage.estimate();
        if (usage === undefined || quota === undefined) return undefined;
        return { usedBytes: usage, quotaBytes: quota };
      } catch {
        return undefined;
      }
    },
    async listPieces() {
      const keys = await pieces('readonly', (store) => promisifyRequest(store.getAllKeys()));
      const found = new Map<ShareId, number[]>();
      for (const key of keys) {
        const shareId = shareInKey(key);
        if (shareId === undefined) continue;
        const listed = found.get(shareId) ?? [];
        listed.push(...piecesInKey(key));
        found.set(shareId, listed);
      }
      return found;
    },
  };
}
