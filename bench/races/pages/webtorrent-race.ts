import type { WebTorrentStore } from './webtorrent-client.ts';
import type { Torrent } from './webtorrent-types.ts';
import { createClient, findChosenFile, hashBlob, storeOptions } from './webtorrent-client.ts';

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
    const file = findChosenFile();
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
      digest: await hashBlob(blob),
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
