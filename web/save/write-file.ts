import type { Bytes } from '../../shared/share/bytes.ts';
import { SaveError } from '../app/ports/saver.ts';

/**
 * Writes the stream into the file, which has its new content when all of it is there and not before. Otherwise it stays
 * as it was, and rejects with SaveError.
 */
export async function writeFile(
  handle: Pick<FileSystemFileHandle, 'createWritable'>,
  stream: ReadableStream<Bytes>,
): Promise<void> {
  const writable = await openWritable(handle, stream);
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      await write(writable.write(value));
    }
    await write(writable.close());
  } catch (error) {
    await writable.abort().catch(() => undefined);
    await reader.cancel().catch(() => undefined);
    throw error;
  }
}

async function openWritable(
  handle: Pick<FileSystemFileHandle, 'createWritable'>,
  stream: ReadableStream<Bytes>,
): Promise<FileSystemWritableFileStream> {
  try {
    return await handle.createWritable();
  } catch (cause) {
    await stream.cancel().catch(() => undefined);
    throw new SaveError('write-failed', { cause });
  }
}

/** A disk that is full or gone. */
async function write(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    throw new SaveError('write-failed', { cause });
  }
}
