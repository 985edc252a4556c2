/** The few members of WebTorrent that the races use, the same in 2.8 and 3. */
export type ClientConstructor = new (options: {
  dht: false;
  lsd: false;
  tracker: { rtcConfig: RTCConfiguration };
}) => Client;

export interface Client {
  readonly seed: (
    file: File,
    options: StoreOptions & { announce: readonly string[] },
    onSeed: (torrent: Torrent) => void,
  ) => Torrent;
  readonly add: (
    magnet: string,
    options: StoreOptions & { strategy?: 'rarest' | 'sequential' },
  ) => Torrent;
}

export interface Torrent {
  readonly magnetURI: string;
  /** Of the file's bytes, 0 to 1; parts of pieces count. */
  readonly progress: number;
  readonly length: number;
  /** Bytes of blocks that came, and that were sent. */
  readonly received: number;
  readonly uploaded: number;
  readonly files: readonly { readonly blob: () => Promise<Blob> }[];
  readonly once: (
    event: 'download' | 'done' | 'error',
    listener: (reason: Error) => void,
  ) => unknown;
}

interface StoreOptions {
  readonly store?: StoreConstructor;
  readonly storeCacheSlots?: 0;
}

export type StoreConstructor = new (chunkLength: number) => ChunkStore;

export type Callback<Result = unknown> = (error: Error | null, result?: Result) => void;

/** abstract-chunk-store. */
export interface ChunkStore {
  readonly chunkLength: number;
  put: (index: number, bytes: Uint8Array, callback: Callback) => void;
  get: (
    index: number,
    range: { offset?: number; length?: number } | Callback<Uint8Array> | null,
    callback?: Callback<Uint8Array>,
  ) => void;
  close: (callback?: Callback) => void;
  destroy: (callback?: Callback) => void;
}
