import type { Bytes } from '../../shared/share/bytes.ts';
import { SaveError } from '../app/ports/saver.ts';

const FOLD_BYTES = 16 * 1024 * 1024;
const TYPE = 'application/octet-stream';

/**
 * One Blob of all the bytes. Every 16 MiB are folded into a Blob of their own, which browsers keep outside the script's
 * heap or on disk, so that the heap stays flat. Rejects with the stream's error, or with write-failed.
 */
export async function assembleBlob(stream: ReadableStream<Bytes>): Promise<Blob> {
  const folded: Blob[] = [];
  let parts: Bytes[] = [];
  let bytes = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (value !== undefined) {
      parts.push(value);
      bytes += value.byteLength;
    }
    if (!done && bytes < FOLD_BYTES) continue;
    folded.push(await fold(parts));
    if (done) return new Blob(folded, { type: TYPE });
    parts = [];
    bytes = 0;
  }
}

/** Reads one byte back: a browser out of room makes a Blob all the same and fails only there. It also waits for the copy. */
async function fold(parts: readonly Bytes[]): Promise<Blob> {
  const blob = new Blob([...parts]);
  try {
    await blob.slice(-1).arrayBuffer();
    return blob;
  } catch (cause) {
    throw new SaveError('write-failed', { cause });
  }
}
