import type { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import type { LiveRole } from './live-share-parts.ts';
import type { OpenedShare } from './open-share.ts';
import type { SharerStore, ShareStores } from './ports/share-stores.ts';
import { sealPiece } from '../../shared/share/piece-sealing.ts';

/** The sharer's pieces, sealed when somebody first wants them. */
export function openSharerStore(
  { context, keys, shareId, header, membership }: OpenedShare,
  { signingKey, files }: Extract<LiveRole, { kind: 'sharer' }>,
  stores: ShareStores,
  onFilesLost: (error: StoreError) => void,
): SharerStore {
  return stores.sharer({
    shareId,
    geometry: header.geometry,
    files,
    verifyPiece: membership.verifyPiece,
    seal: (piece, plaintext) => sealPiece(context, keys.piece, signingKey, piece, plaintext),
    onFilesLost,
  });
}
