import type { SaveFile, SaveJob } from '../app/ports/saver.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import { makeZip, predictLength } from 'client-zip';
import { SaveError } from '../app/ports/saver.ts';
import { openAbortableStream } from './abortable-stream.ts';
import { gatherBytes } from './gather-bytes.ts';

/** A job as the one file that the browser will be given. */
export interface Download {
  readonly name: string;
  readonly size: number;
  /** Reads on demand, once. Errors with SaveError: aborted, read-failed; a stream that closes was complete. */
  readonly stream: () => ReadableStream<Bytes>;
}

/** A zip of many small files comes in many small parts, each of which would go a long way by itself. */
const ZIP_STEP_BYTES = 256 * 1024;
/** Where MS-DOS time begins and ends, which zips count in; two days off the edge for any time zone. */
const ZIP_EPOCH_MS = Date.UTC(1980, 0, 3);
const ZIP_END_MS = Date.UTC(2107, 11, 29);

/** The file as it is, or all of them as a zip that compresses nothing. Progress counts plaintext, not the zip's own bytes. */
export function prepareDownload(job: SaveJob): Download {
  const entries = job.files.map(toZipEntry);
  const { name, form, signal } = job;
  if (form === 'file') {
    const [file, ...others] = job.files;
    if (file === undefined || others.length > 0) throw new RangeError('one file, not several');
    return { name, size: file.size, stream: () => openAbortableStream(readFiles(job), signal) };
  }
  const size = Number(predictLength(entries));
  return { name, size, stream: () => openAbortableStream(readZip(job), signal) };
}

async function* readFiles(job: SaveJob): AsyncGenerator<Bytes> {
  const progress = new SaveProgress(job);
  for (const file of job.files) yield* readFile(file, progress);
}

async function* readZip(job: SaveJob): AsyncGenerator<Bytes> {
  const progress = new SaveProgress(job);
  let reading: AsyncGenerator<Bytes> | undefined;
  function* entries() {
    for (const file of job.files) {
      reading = readFile(file, progress);
      yield { ...toZipEntry(file), input: reading };
    }
  }
  const reader = makeZip(entries()).getReader();
  try {
    for (;;) {
      const bytes = await gatherBytes(reader, ZIP_STEP_BYTES);
      if (bytes === undefined) return;
      yield bytes;
    }
  } finally {
    // A zip that is given up does not end the reading of its files by itself.
    await reading?.return(undefined).catch(() => undefined);
    await reader.cancel().catch(() => undefined);
  }
}

function toZipEntry({ path, size, modifiedMs }: SaveFile) {
  if (modifiedMs === undefined || Number.isNaN(modifiedMs)) return { name: path, size };
  const clampedMs = Math.min(Math.max(modifiedMs, ZIP_EPOCH_MS), ZIP_END_MS);
  return { name: path, size, lastModified: new Date(clampedMs) };
}

/** Passes on exactly the file's size in bytes, or fails. */
export async function* readFile(file: SaveFile, progress: SaveProgress): AsyncGenerator<Bytes> {
  let missing = file.size;
  for await (const bytes of file.read()) {
    // Whoever takes them may transfer them.
    const { byteLength } = bytes;
    missing -= byteLength;
    if (missing < 0) break;
    yield bytes;
    progress.add(byteLength);
  }
  if (missing !== 0) throw new SaveError('read-failed');
}

/** Of all files of a job together. */
export class SaveProgress {
  readonly #job: SaveJob;
  #savedBytes = 0;

  constructor(job: SaveJob) {
    this.#job = job;
  }

  add(bytes: number): void {
    this.#savedBytes += bytes;
    this.#job.onProgress(this.#savedBytes);
  }
}
