import type { SaveJob, Saver } from '../app/ports/saver.ts';
import type { Demand, Supply, WorkerMessage } from '../service-worker/save-protocol.ts';
import type { Download } from './prepare-download.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import { SaveError } from '../app/ports/saver.ts';
import { gatherBytes } from './gather-bytes.ts';
import { prepareDownload } from './prepare-download.ts';

const MESSAGE_BYTES = 1024 * 1024;
const START_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;

/** What a stream saver needs of the page. */
export interface DownloadPage {
  /** The service worker that answers `/save/`, or undefined where there can be none. */
  readonly findWorker: () => Promise<DownloadWorker | undefined>;
  /** Has the browser fetch an address of ours as a download. Returns the way to tidy up. */
  readonly openDownload: (path: string) => () => void;
  readonly createId: () => string;
  /** Call back later, once or again and again. Both return the way to stop it. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
  readonly every: (intervalMs: number, callback: () => void) => () => void;
  /** Calls back when the page goes away. Returns the way to stop it. */
  readonly onLeave: (callback: () => void) => () => void;
}

export interface DownloadWorker {
  readonly post: (message: WorkerMessage, port?: MessagePort) => void;
  /** Keeps a newer one from taking its place. Returns the way to let go. */
  readonly hold: () => () => void;
  /** Calls back when the worker was restarted or replaced, and lost that download. Returns the way to stop it. */
  readonly onForgotten: (id: string, callback: () => void) => () => void;
}

/** Streams a download to disk through the service worker, at the pace of the disk. */
export class StreamSaver implements Saver {
  readonly #page: DownloadPage;

  constructor(page: DownloadPage) {
    this.#page = page;
  }

  async canSave(): Promise<boolean> {
    return (await this.#page.findWorker()) !== undefined;
  }

  async save(job: SaveJob): Promise<void> {
    const download = prepareDownload(job);
    const worker = await this.#page.findWorker();
    if (worker === undefined) throw new SaveError('write-failed');
    if (job.signal.aborted) throw new SaveError('aborted');
    const handover = new Handover(this.#page, worker, download);
    await handover.run(job.signal);
  }
}

/** One download on its way from the page through the worker into the browser. */
class Handover {
  readonly #page: DownloadPage;
  readonly #worker: DownloadWorker;
  readonly #download: Download;
  readonly #id: string;
  readonly #reader;
  readonly #channel = new MessageChannel();
  /** Undone in the order given when the download ends, whichever way. */
  readonly #undo: (() => void)[] = [];
  #finish: (error?: SaveError) => void = () => undefined;
  #stopWaitingForStart: () => void = () => undefined;
  /** Read while the browser writes the last one. */
  #next: Promise<Bytes | undefined> | undefined;

  constructor(page: DownloadPage, worker: DownloadWorker, download: Download) {
    this.#page = page;
    this.#worker = worker;
    this.#download = download;
    this.#id = page.createId();
    this.#reader = download.stream().getReader();
  }

  async run(signal: AbortSignal): Promise<void> {
    const port = this.#channel.port1;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#finish = (error) => (error === undefined ? resolve() : reject(error));
        this.#watch(signal);
        port.addEventListener('message', ({ data }: MessageEvent<Demand>) => this.#onDemand(data));
        port.start();
        const { name, size } = this.#download;
        this.#worker.post({ kind: 'save', id: this.#id, name, size }, this.#channel.port2);
      });
    } catch (error) {
      this.#supply({ kind: 'fail' });
      await this.#reader.cancel().catch(() => undefined);
      throw error;
    } finally {
      for (const undo of this.#undo) undo();
      port.close();
    }
  }

  #watch(signal: AbortSignal): void {
    const abort = (): void => this.#finish(new SaveError('aborted'));
    const fail = (): void => this.#finish(new SaveError('write-failed'));
    signal.addEventListener('abort', abort);
    this.#stopWaitingForStart = this.#page.after(START_TIMEOUT_MS, fail);
    this.#undo.push(
      () => signal.removeEventListener('abort', abort),
      this.#stopWaitingForStart,
      this.#page.every(KEEP_ALIVE_MS, () =>
        this.#worker.post({ kind: 'keep-alive', id: this.#id }),
      ),
      this.#worker.onForgotten(this.#id, fail),
      this.#worker.hold(),
      this.#page.onLeave(abort),
    );
  }

  #onDemand(demand: Demand): void {
    if (demand === 'ready') this.#undo.push(this.#page.openDownload(`/save/${this.#id}`));
    else if (demand === 'started') this.#stopWaitingForStart();
    else if (demand === 'done') this.#finish();
    else if (demand === 'cancel') this.#finish(new SaveError('aborted'));
    else void this.#supplyNext();
  }

  async #supplyNext(): Promise<void> {
    try {
      const bytes = await (this.#next ?? this.#gather());
      if (bytes === undefined) return this.#supply({ kind: 'end' });
      this.#supply({ kind: 'bytes', bytes }, [bytes.buffer]);
      this.#next = this.#gather();
    } catch (cause) {
      this.#finish(cause instanceof SaveError ? cause : new SaveError('read-failed', { cause }));
    }
  }

  #gather(): Promise<Bytes | undefined> {
    const gathering = gatherBytes(this.#reader, MESSAGE_BYTES);
    // Heard when its turn comes, or not at all where the download has ended by then.
    gathering.catch(() => undefined);
    return gathering;
  }

  #supply(supply: Supply, transfer: Transferable[] = []): void {
    this.#channel.port1.postMessage(supply, transfer);
  }
}
