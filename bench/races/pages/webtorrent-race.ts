import type { Client, ClientConstructor, StoreConstructor, Torrent } from './webtorrent-types.ts';
import { MemoryChunkStore } from './memory-chunk-store.ts';

/** Where WebTorrent keeps pieces: in memory, or in the origin's private file system, its own default. */
export type WebTorrentStore = 'memory' | 'opfs';

export interface WebTorrentTimes {
  /** From the first bytes of a piece to the last piece verified. */
  readonly verifiedMs: number;
  /** From there to a Blob of the whole file. */
  readonly savedMs: number;
  /** From adding the magnet link to that Blob: connecting, downloading, verifying, handing over. */
  readonly endToEndMs: number;
  /** SHA-256 of that Blob, in hex. */
  readonly digest: string;
}

export interface WebTorrentRace {
  /** Seeds the file in the page's input; resolves with the magnet link and how long it took to be there. */
  readonly seed: (
    trackerUrl: string,
    store: WebTorrentStore,
  ) => Promise<{ readonly magnet: string; readonly linkMs: number }>;
  readonly leech: (magnet: string, store: WebTorrentStore) => Promise<WebTorrentTimes>;
}

declare global {
  interface Window {
    webTorrentRace: WebTorrentRace;
  }
}

window.webTorrentRace = {
  async seed(trackerUrl, store) {
    const file = document.querySelector('input')?.files?.[0];
    if (file === undefined) throw new Error('no file was chosen');
    const client = await createClient();
    const startedAtMs = performance.now();
    return new Promise((resolve) => {
      client.seed(file, { announce: [trackerUrl], ...storeOptions(store) }, ({ magnetURI }) =>
        resolve({ magnet: magnetURI, linkMs: performance.now() - startedAtMs }),
      );
    });
  },
  async leech(magnet, store) {
    const client = await createClient();
    const addedAtMs = performance.now();
    const torrent = client.add(magnet, storeOptions(store));
    const verifiedMs = await timeDownload(torrent);
    const verifiedAtMs = performance.now();
    const [file] = torrent.files;
    if (file === undefined) throw new Error('the torrent has no file');
    const blob = await file.blob();
    const savedAtMs = performance.now();
    return {
      verifiedMs,
      savedMs: savedAtMs - verifiedAtMs,
      endToEndMs: savedAtMs - addedAtMs,
      digest: await hash(blob),
    };
  },
};

function timeDownload(torrent: Torrent): Promise<number> {
  return new Promise((resolve, reject) => {
    let firstAtMs = Number.NaN;
    torrent.once('download', () => {
      firstAtMs = performance.now();
    });
    torrent.once('done', () => resolve(performance.now() - firstAtMs));
    torrent.once('error', reject);
  });
}

/** Only the local tracker is asked, and no server for addresses. */
async function createClient(): Promise<Client> {
  const WebTorrent = await loadWebTorrent();
  return new WebTorrent({ dht: false, lsd: false, tracker: { rtcConfig: { iceServers: [] } } });
}

/** Served as it was published; the address is put together so that no bundler follows it. */
async function loadWebTorrent(): Promise<ClientConstructor> {
  const address = new URL('/webtorrent.min.js', location.href).href;
  const module: { default: ClientConstructor } = await import(/* @vite-ignore */ address);
  return module.default;
}

/** A cache in front of memory would only cost it a copy. */
function storeOptions(store: WebTorrentStore): { store?: StoreConstructor; storeCacheSlots?: 0 } {
  return store === 'memory' ? { store: MemoryChunkStore, storeCacheSlots: 0 } : {};
}

async function hash(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
