import type { Transport } from '../shared/swarm/ports/transport.ts';
import type { Problem } from './app/app-state.ts';
import { PeerifyApp } from './app/app.ts';
import { PieceKeeper } from './app/piece-keeper.ts';
import { PROBLEMS } from './app/problems.ts';
import { createUnsupportedApp } from './app/unsupported-app.ts';
import { createRealBrowser } from './platform/real-browser.ts';
import { fileHandles } from './platform/file-handles.ts';
import { realClock } from './platform/real-clock.ts';
import type { Saver } from './app/ports/saver.ts';
import { assembleBlob } from './save/assemble-blob.ts';
import { assembleByResponse } from './save/assemble-by-response.ts';
import { BlobSaver } from './save/blob-saver.ts';
import { createBrowserDownloadPage } from './save/browser-download-page.ts';
import { chooseSaver } from './save/choose-saver.ts';
import { offerBlob } from './save/offer-blob.ts';
import { StreamSaver } from './save/stream-saver.ts';
import { IdbShareRecords } from './store/idb-share-records.ts';
import { createIdbShareStores } from './store/idb-share-stores.ts';
import { createIdbVolunteerPieces } from './store/idb-volunteer-pieces.ts';
import { IdbVolunteerRecords } from './store/idb-volunteer-records.ts';
import { openResilientDatabase } from './store/resilient-database.ts';
import { measureRoom } from './store/measure-room.ts';
import { requestPersistence } from './store/request-persistence.ts';
import { SocketIoTrackerClient } from './tracker/socket-io-tracker-client.ts';
import { mountPage } from './ui/mount.tsx';

/** Past about this browsers run out of room for Blobs, and say so late. */
const MAX_BLOB_BYTES = 512 * 1024 ** 2;
/** More than this is streamed to disk. */
const SMALL_BYTES = 32 * 1024 ** 2;
/** In Firefox a Blob may be a temporary file, which has to fit on the disk, or in memory where that holds such files. */
const MAX_TEMPORARY_BYTES = 2 * 1024 ** 3;

let loading: Promise<Transport> | undefined;

async function main(root: HTMLElement): Promise<void> {
  const obstacle = findObstacle();
  if (obstacle !== undefined) {
    mountPage(root, createUnsupportedApp(obstacle));
    return;
  }
  const tracker = new SocketIoTrackerClient(location.origin);
  const browser = createRealBrowser({ measureRoom, requestPersistence });
  const volunteerRecords = new IdbVolunteerRecords(
    openResilientDatabase({ name: 'peerify-volunteer' }),
  );
  const app = new PeerifyApp({
    tracker,
    findTransport: loadTransport,
    stores: createIdbShareStores(
      openResilientDatabase({ name: 'peerify-pieces' }),
      openResilientDatabase({ name: 'peerify-digests', durability: 'strict' }),
      realClock,
    ),
    records: new IdbShareRecords(
      openResilientDatabase({ name: 'peerify-shares', durability: 'strict' }),
    ),
    saver: createSaver(),
    keptFiles: fileHandles,
    clock: realClock,
    browser,
    volunteering: {
      records: volunteerRecords,
      openKeeper: (surroundings) =>
        PieceKeeper.open(
          {
            tracker,
            findTransport: loadTransport,
            records: volunteerRecords,
            pieces: createIdbVolunteerPieces(
              openResilientDatabase({ name: 'peerify-volunteer-pieces' }),
              realClock,
            ),
            clock: realClock,
            seed: browser.seed,
            measureRoom,
          },
          surroundings,
        ),
    },
  });
  mountPage(root, app);
  loadTransport().catch(() => undefined);
  await app.start();
}

function createSaver(): Saver {
  const streamSaver = new StreamSaver(createBrowserDownloadPage());
  // Firefox gives a short file its final name where a service worker ends in the middle (V3). Private windows, which
  // keep Blobs in memory, have no worker.
  if (navigator.userAgent.includes('Firefox/') && 'serviceWorker' in navigator) {
    const limitBytes = MAX_TEMPORARY_BYTES;
    const blobSaver = new BlobSaver({ limitBytes, assemble: assembleByResponse, offer: offerBlob });
    return chooseSaver(blobSaver, streamSaver, limitBytes);
  }
  const limitBytes = MAX_BLOB_BYTES;
  const blobSaver = new BlobSaver({ limitBytes, assemble: assembleBlob, offer: offerBlob });
  return chooseSaver(blobSaver, streamSaver, SMALL_BYTES);
}

/** The largest library of the page, fetched beside it and not before it. */
function loadTransport(): Promise<Transport> {
  loading ??= import('./transport/simple-peer-transport.ts')
    .then(({ createSimplePeerTransport }) => createSimplePeerTransport())
    .catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

function findObstacle(): Problem | undefined {
  if (!isSecureContext) return PROBLEMS.insecurePage;
  return typeof RTCPeerConnection === 'function' ? undefined : PROBLEMS.noWebRtc;
}

const root = document.querySelector('#app');
if (root instanceof HTMLElement) await main(root);
