import type { ShareStores } from '../../../web/app/ports/share-stores.ts';
import { createIdbShareStores as createReal } from '../../../web/store/idb-share-stores.ts';
import { MemoryPieceStore } from '../../../web/store/memory-piece-store.ts';

/** Stands in for the real one in one arm of a race: receivers keep their pieces in memory. */
export function createIdbShareStores(...parts: Parameters<typeof createReal>): ShareStores {
  return { ...createReal(...parts), pieces: () => new MemoryPieceStore() };
}
