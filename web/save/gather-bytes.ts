import type { Bytes } from '../../shared/share/bytes.ts';
import { concatBytes } from '../../shared/share/bytes.ts';

/** Such a part goes on its way as it is: a message costs no more than copying it. */
const LARGE_BYTES = 128 * 1024;

/**
 * Reads until there are at least `targetBytes` or the stream has ended, or a single large part; undefined when nothing
 * was left. The caller may transfer it. All else is a copy: a zip's own small parts are still counted by its maker.
 */
export async function gatherBytes(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  targetBytes: number,
): Promise<Bytes | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < targetBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    if (length === 0 && value.byteLength >= LARGE_BYTES && fillsBuffer(value)) return value;
    parts.push(value);
    length += value.byteLength;
  }
  return length === 0 ? undefined : concatBytes(...parts);
}

/** Nobody else's bytes go along when the buffer is transferred. */
function fillsBuffer(bytes: Uint8Array): bytes is Bytes {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
}
