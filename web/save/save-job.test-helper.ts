import type { SaveFile, SaveJob } from '../app/ports/saver.ts';
import type { Bytes } from '../../shared/share/bytes.ts';

/** A file whose plaintext comes in pieces of `pieceBytes`. */
export function createSaveFile(path: string, bytes: Bytes, pieceBytes = 1000): SaveFile {
  return {
    path,
    size: bytes.byteLength,
    modifiedMs: Date.UTC(2024, 5, 1),
    async *read() {
      for (let i = 0; i < bytes.byteLength; i += pieceBytes) yield bytes.slice(i, i + pieceBytes);
    },
  };
}

export function createSaveJob(files: readonly SaveFile[], options: Partial<SaveJob> = {}): SaveJob {
  return {
    name: 'download.bin',
    form: files.length === 1 ? 'file' : 'zip',
    files,
    onProgress: () => undefined,
    onRefusedName: () => undefined,
    signal: new AbortController().signal,
    ...options,
  };
}

export async function readAll(stream: ReadableStream<Bytes>): Promise<Bytes> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
