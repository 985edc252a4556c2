import type { ShareId } from '../../shared/share/share-id.ts';
import type { ShareStores } from './ports/share-stores.ts';
import type { KeptPieces } from './volunteering.ts';

/** Puts pieces beside those that this browser has of its own share. They are verified when they are read. */
export async function takeOverPieces(
  stores: Pick<ShareStores, 'pieces'>,
  shareId: ShareId,
  pieces: KeptPieces,
): Promise<void> {
  const store = stores.pieces(shareId, async () => true);
  const writing: Promise<void>[] = [];
  for await (const [piece, sealed] of pieces) writing.push(store.put(piece, sealed));
  await Promise.all(writing);
}
