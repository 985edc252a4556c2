import type { SaveJob, Saver } from '../app/ports/saver.ts';
import { SaveError } from '../app/ports/saver.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import { prepareDownload } from './prepare-download.ts';

export interface BlobSaverOptions {
  /** Larger downloads are refused before a byte is read: a browser out of memory kills the tab without a word. */
  readonly limitBytes: number;
  readonly assemble: (stream: ReadableStream<Bytes>) => Promise<Blob>;
  /** Hands the Blob to the browser as a download. */
  readonly offer: (blob: Blob, name: string) => void;
}

/** Saves wherever there is a browser: as a Blob, assembled piece by piece. */
export class BlobSaver implements Saver {
  readonly #options: BlobSaverOptions;

  constructor(options: BlobSaverOptions) {
    this.#options = options;
  }

  async canSave(byteLength: number): Promise<boolean> {
    return byteLength <= this.#options.limitBytes;
  }

  async save(job: SaveJob): Promise<void> {
    const download = prepareDownload(job);
    if (download.size > this.#options.limitBytes) throw new SaveError('too-large');
    const blob = await this.#options.assemble(download.stream());
    if (job.signal.aborted) throw new SaveError('aborted');
    if (blob.size !== download.size) throw new SaveError('write-failed');
    this.#options.offer(blob, download.name);
  }
}
