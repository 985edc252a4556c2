import type { Bytes } from '../../shared/share/bytes.ts';
import { concatBytes } from '../../shared/share/bytes.ts';

/**
 * Reads until there are at least `targetBytes` or the stream has ended; undefined when nothing was left. Always a copy:
 * the caller may transfer it, while what was read may share its buffer with the next file of the same piece.
 */
export async function gatherBytes(
  reader: ReadableStreamDefaultReader<Bytes>,
  targetBytes: number,
): Promise<Bytes | undefined> {
  const parts: Bytes[] = [];
  let length = 0;
  while (length < targetBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.byteLength;
  }
  return length === 0 ? undefined : concatBytes(...parts);
}
