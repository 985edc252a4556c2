import type { Torrent } from './webtorrent-types.ts';
import { createClient, findChosenFile, hashBlob, storeOptions } from './webtorrent-client.ts';

/** How WebTorrent chooses the next piece; in order unless told otherwise. */
export type WebTorrentStrategy = 'rarest' | 'sequential';

/** Times of the wall clock, in milliseconds. */
export interface WebTorrentLeech {
  readonly startedAtMs: number;
  /** When each hundredth of the file was there. */
  readonly stepAtMs: readonly number[];
  readonly doneAtMs: number;
  readonly receivedBytes: number;
  /** SHA-256 of the whole, in hex. */
  readonly digest: string;
}

declare global {
  interface Window {
    webTorrentSwarm: {
      /** Seeds the file in the page's input; resolves with the magnet link. */
      readonly seed: (trackerUrl: string) => Promise<string>;
      readonly uploadedBytes: () => number;
      /** Loads all there is to load, so that `leech` begins at its time. */
      readonly prepare: () => Promise<void>;
      readonly leech: (
        magnet: string,
        strategy: WebTorrentStrategy,
        atMs: number,
      ) => Promise<WebTorrentLeech>;
    };
  }
}

const LOOK_EVERY_MS = 100;
const STEPS = 100;

const loading = createClient();
let seeded: Torrent | undefined;

window.webTorrentSwarm = {
  async seed(trackerUrl) {
    const client = await loading;
    const options = { announce: [trackerUrl], ...storeOptions('memory') };
    return new Promise((resolve) => {
      seeded = client.seed(findChosenFile(), options, ({ magnetURI }) => resolve(magnetURI));
    });
  },
  uploadedBytes: () => seeded?.uploaded ?? 0,
  async prepare() {
    await loading;
  },
  async leech(magnet, strategy, atMs) {
    const client = await loading;
    await new Promise((resolve) => {
      setTimeout(resolve, atMs - Date.now());
    });
    const startedAtMs = now();
    const torrent = client.add(magnet, { strategy, ...storeOptions('memory') });
    const stepAtMs: number[] = [];
    const look = (): void => {
      while (stepAtMs.length < Math.floor(torrent.progress * STEPS)) stepAtMs.push(now());
    };
    const looking = setInterval(look, LOOK_EVERY_MS);
    await new Promise<void>((resolve, reject) => {
      torrent.once('done', () => resolve());
      torrent.once('error', reject);
    });
    clearInterval(looking);
    look();
    const [file] = torrent.files;
    if (file === undefined) throw new Error('the torrent has no file');
    const doneAtMs = now();
    const receivedBytes = torrent.received;
    return {
      startedAtMs,
      stepAtMs,
      doneAtMs,
      receivedBytes,
      digest: await hashBlob(await file.blob()),
    };
  },
};

function now(): number {
  return performance.timeOrigin + performance.now();
}
