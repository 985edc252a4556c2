import type { UseStore } from 'idb-keyval';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { SharerStore, SharerStoreOptions, ShareStores } from '../app/ports/share-stores.ts';
import { IdbDigestJournal } from './idb-digest-journal.ts';
import { IdbPieceStore } from './idb-piece-store.ts';
import { SharerPieceStore } from './sharer-piece-store.ts';
import { FileStreamSource } from './stream-source.ts';

/** Every share's pieces in one IndexedDB database, its digests in another. */
export function createIdbShareStores(
  pieces: UseStore,
  digests: UseStore,
  clock: Clock,
): ShareStores {
  const openPieces = (shareId: ShareId): IdbPieceStore => new IdbPieceStore(pieces, shareId, clock);
  return {
    pieces: openPieces,
    sharer: (options) => createSharerStore(openPieces(options.shareId), digests, options),
    async clear(shareId) {
      await openPieces(shareId).clear();
      await new IdbDigestJournal(digests, shareId).clear();
    },
  };
}

function createSharerStore(
  inner: IdbPieceStore,
  digests: UseStore,
  { shareId, geometry, files, seal, onFilesLost }: SharerStoreOptions,
): SharerStore {
  const store = new SharerPieceStore({
    geometry,
    inner,
    journal: new IdbDigestJournal(digests, shareId),
    seal,
    source: files && new FileStreamSource(files.index, files.files),
    onSourceLost: onFilesLost,
  });
  return Object.assign(store, {
    setFiles: (again: NonNullable<typeof files>) =>
      store.setSource(new FileStreamSource(again.index, again.files)),
  });
}
