import type { Transport } from '../shared/swarm/ports/transport.ts';
import type { Problem } from './app/app-state.ts';
import { PeerifyApp } from './app/app.ts';
import { PROBLEMS } from './app/problems.ts';
import { createUnsupportedApp } from './app/unsupported-app.ts';
import { createRealBrowser } from './platform/real-browser.ts';
import { fileHandles } from './platform/file-handles.ts';
import { realClock } from './platform/real-clock.ts';
import { BlobSaver } from './save/blob-saver.ts';
import { createBrowserDownloadPage } from './save/browser-download-page.ts';
import { chooseSaver } from './save/choose-saver.ts';
import { offerBlob } from './save/offer-blob.ts';
import { StreamSaver } from './save/stream-saver.ts';
import { IdbShareRecords } from './store/idb-share-records.ts';
import { createIdbShareStores } from './store/idb-share-stores.ts';
import { openResilientDatabase } from './store/resilient-database.ts';
import { measureRoom } from './store/measure-room.ts';
import { requestPersistence } from './store/request-persistence.ts';
import { SocketIoTrackerClient } from './tracker/socket-io-tracker-client.ts';
import { mountPage } from './ui/mount.tsx';

/** Past about this browsers run out of room for Blobs, and say so late. */
const MAX_BLOB_BYTES = 512 * 1024 ** 2;

let loading: Promise<Transport> | undefined;

async function main(root: HTMLElement): Promise<void> {
  const obstacle = findObstacle();
  if (obstacle !== undefined) {
    mountPage(root, createUnsupportedApp(obstacle));
    return;
  }
  const app = new PeerifyApp({
    tracker: new SocketIoTrackerClient(location.origin),
    findTransport: loadTransport,
    stores: createIdbShareStores(
      openResilientDatabase({ name: 'peerify-pieces' }),
      openResilientDatabase({ name: 'peerify-digests', durability: 'strict' }),
      realClock,
    ),
    records: new IdbShareRecords(
      openResilientDatabase({ name: 'peerify-shares', durability: 'strict' }),
    ),
    saver: chooseSaver(
      new BlobSaver({ limitBytes: MAX_BLOB_BYTES, offer: offerBlob }),
      new StreamSaver(createBrowserDownloadPage()),
    ),
    keptFiles: fileHandles,
    clock: realClock,
    browser: createRealBrowser({ measureRoom, requestPersistence }),
  });
  mountPage(root, app);
  loadTransport().catch(() => undefined);
  await app.start();
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
