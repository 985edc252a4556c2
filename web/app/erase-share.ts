import type { ShareId } from '../../shared/share/share-id.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import type { Problem } from './app-state.ts';
import type { ShareStores } from './ports/share-stores.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { describeStoreError } from './problems.ts';

/** Deletes everything that this browser stores of the share. Its key must be gone before. */
export async function eraseShare(
  shareId: ShareId,
  store: PieceStore,
  stores: ShareStores,
  onProblem: (problem: Problem) => void,
): Promise<void> {
  try {
    // What the store was still asked to write comes before this, and so is deleted with the rest.
    await store.clear();
    await stores.clear(shareId);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    onProblem(describeStoreError(error.code));
  }
}
