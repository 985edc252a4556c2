import type { Bytes } from '../../shared/share/bytes.ts';
import { concatBytes } from '../../shared/share/bytes.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';

/** The plaintext of a whole share: its index, then the bytes of every file, in order. */
export interface StreamSource {
  readonly streamLength: number;
  /** Exactly `length` bytes. Rejects with StoreError: source-changed, source-unreadable. */
  read: (offset: number, length: number) => Promise<Bytes>;
}

/** A file, and what it was when the share was made. */
export interface SourceFile {
  readonly file: File;
  readonly size: number;
  readonly modifiedMs: number;
}

interface Extent {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}

type Part = Blob | Bytes;

/** To make one Blob of thousands of files takes a browser a third of a second, in which the page answers to nothing. */
const MAX_BLOB_PARTS = 256;

/** Reads a share from the sharer's own files, and refuses where one is no longer what it was. */
export class FileStreamSource implements StreamSource {
  readonly streamLength: number;
  readonly #index: Bytes;
  /** The files that have bytes, ascending and without gaps. */
  readonly #extents: readonly Extent[];

  constructor(index: Bytes, files: readonly SourceFile[]) {
    const extents: Extent[] = [];
    let start = index.byteLength;
    for (const source of files) {
      const end = start + source.size;
      if (source.size > 0) extents.push({ source, start, end });
      start = end;
    }
    this.#index = index;
    this.#extents = extents;
    this.streamLength = start;
  }

  async read(offset: number, length: number): Promise<Bytes> {
    const end = offset + length;
    if (offset < 0 || end > this.streamLength) throw new RangeError(`bytes ${offset} to ${end}`);
    const parts: Part[] = offset < this.#index.byteLength ? [this.#index.slice(offset, end)] : [];
    for (let i = this.#findExtent(offset); i < this.#extents.length; i += 1) {
      const extent = this.#extents[i];
      if (extent === undefined || extent.start >= end) break;
      parts.push(cutExtent(extent, offset, end));
    }
    const bytes = await readParts(parts);
    if (bytes.byteLength !== length) throw new StoreError('source-changed');
    return bytes;
  }

  /** The first extent that ends behind `offset`, by bisection: a folder may hold very many files. */
  #findExtent(offset: number): number {
    let low = 0;
    let high = this.#extents.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#extents[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What `extent` has of the stream between two offsets. */
function cutExtent(extent: Extent, offset: number, end: number): Blob {
  const from = Math.max(offset, extent.start);
  const to = Math.min(end, extent.end);
  const { file, size, modifiedMs } = extent.source;
  if (file.size !== size || file.lastModified !== modifiedMs) {
    throw new StoreError('source-changed');
  }
  // Cutting takes a browser longer than reading a small file.
  return to - from === size ? file : file.slice(from - extent.start, to - extent.start);
}

/** Of many small files a browser reads one Blob many times as fast as each by itself. */
async function readParts(parts: Part[]): Promise<Bytes> {
  const [only] = parts;
  if (parts.length === 1 && only instanceof Blob) return readBlob(only);
  if (parts.length <= MAX_BLOB_PARTS) return readBlob(new Blob(parts));
  const read: Bytes[] = [];
  for (let first = 0; first < parts.length; first += MAX_BLOB_PARTS) {
    read.push(await readBlob(new Blob(parts.slice(first, first + MAX_BLOB_PARTS))));
  }
  return concatBytes(...read);
}

async function readBlob(blob: Blob): Promise<Bytes> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    // Deleted, moved, out of reach, or changed on disk since it was chosen: browsers do not say which.
    throw new StoreError('source-unreadable', { cause });
  }
}
