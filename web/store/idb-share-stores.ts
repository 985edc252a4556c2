import type { UseStore } from 'idb-keyval';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type {
  SharerFiles,
  SharerStore,
  SharerStoreOptions,
  ShareStores,
} from '../app/ports/share-stores.ts';
import type { DigestJournal } from '../app/ports/digest-journal.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import type { StreamSource } from './stream-source.ts';
import { VerifiedPieceStore } from '../../shared/swarm/verified-piece-store.ts';
import { IdbDigestJournal } from './idb-digest-journal.ts';
import { IdbPieceStore } from './idb-piece-store.ts';
import { ReadAheadSource } from './read-ahead-source.ts';
import { SharerPieceStore } from './sharer-piece-store.ts';
import { FileStreamSource } from './stream-source.ts';

/**
 * Every share's pieces in one IndexedDB database, its digests in another. The first is opened at once: a download that
 * begins would wait for it.
 */
export function createIdbShareStores(
  pieces: UseStore,
  digests: UseStore,
  clock: Clock,
): ShareStores {
  const openJournal = (shareId: ShareId): IdbDigestJournal =>
    new IdbDigestJournal(digests, shareId, clock);
  // Whoever needs it tries again, and hears of what is wrong.
  pieces('readonly', () => undefined).catch(() => undefined);
  const openPieces = (shareId: ShareId): IdbPieceStore => new IdbPieceStore(pieces, shareId, clock);
  return {
    pieces: (shareId, verifyPiece) => new VerifiedPieceStore(openPieces(shareId), verifyPiece),
    sharer: (options) => {
      const inner = new VerifiedPieceStore(openPieces(options.shareId), options.verifyPiece);
      return createSharerStore(inner, openJournal(options.shareId), options);
    },
    hasRoom: async (byteLength) => {
      // Few ever need it. Where it cannot be fetched it is tried again like a store that is full.
      const loaded = await import('./has-room.ts').catch(() => undefined);
      return (await loaded?.hasRoom(pieces, byteLength)) === true;
    },
    async clear(shareId) {
      await openPieces(shareId).clear();
      await openJournal(shareId).clear();
    },
  };
}

function createSharerStore(
  inner: PieceStore,
  journal: DigestJournal,
  { geometry, files, seal, onFilesLost }: SharerStoreOptions,
): SharerStore {
  const store = new SharerPieceStore({
    geometry,
    inner,
    journal,
    seal,
    source: files && openSource(files),
    onSourceLost: onFilesLost,
  });
  return Object.assign(store, {
    setFiles: (again: NonNullable<typeof files>) => store.setSource(openSource(again)),
  });
}

function openSource({ index, files }: SharerFiles): StreamSource {
  return new ReadAheadSource(new FileStreamSource(index, files));
}
