import type { Client, ClientConstructor, StoreConstructor } from './webtorrent-types.ts';
import { MemoryChunkStore } from './memory-chunk-store.ts';

/** Where WebTorrent keeps pieces: in memory, or in the origin's private file system, its own default. */
export type WebTorrentStore = 'memory' | 'opfs';

/** Only the local tracker is asked, and no server for addresses. */
export async function createClient(): Promise<Client> {
  const WebTorrent = await loadWebTorrent();
  return new WebTorrent({ dht: false, lsd: false, tracker: { rtcConfig: { iceServers: [] } } });
}

/** A cache in front of memory would only cost it a copy. */
export function storeOptions(store: WebTorrentStore): {
  store?: StoreConstructor;
  storeCacheSlots?: 0;
} {
  return store === 'memory' ? { store: MemoryChunkStore, storeCacheSlots: 0 } : {};
}

/** The file in the page's only input. */
export function findChosenFile(): File {
  const file = document.querySelector('input')?.files?.[0];
  if (file === undefined) throw new Error('no file was chosen');
  return file;
}

/** SHA-256, in hex. */
export async function hashBlob(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Served as it was published; the address is put together so that no bundler follows it. */
async function loadWebTorrent(): Promise<ClientConstructor> {
  const address = new URL('/webtorrent.min.js', location.href).href;
  const module: { default: ClientConstructor } = await import(/* @vite-ignore */ address);
  return module.default;
}
