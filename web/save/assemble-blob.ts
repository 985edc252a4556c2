import type { Bytes } from '../../shared/share/bytes.ts';
import { SaveError } from '../app/ports/saver.ts';

const FOLD_BYTES = 16 * 1024 * 1024;
const TYPE = 'application/octet-stream';

/**
 * One Blob of all the bytes. Every 16 MiB are folded into a Blob of their own, which browsers keep outside the script's
 * heap or on disk, so that the heap stays flat. Rejects with the stream's error, or with too-large where the browser
 * has no room.
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
    const blob = new Blob(parts);
    try {
      await assertStored(blob);
    } catch (error) {
      await reader.cancel();
      throw error;
    }
    folded.push(blob);
    if (done) return new Blob(folded, { type: TYPE });
    parts = [];
    bytes = 0;
  }
}

/** Reads one byte back: a browser without room makes a Blob all the same and only fails there. It also waits for the copy. */
async function assertStored(blob: Blob): Promise<void> {
  try {
    await blob.slice(-1).arrayBuffer();
  } catch (cause) {
    throw new SaveError('too-large', { cause });
  }
}
