import { encodeU16 } from './big-endian.ts';
import type { Bytes } from './bytes.ts';
import { concatBytes, utf8 } from './bytes.ts';

/**
 * UTF-8 behind its length in two bytes, so that texts in a row can be told apart.
 * @throws RangeError above 65,535 bytes
 */
export function encodeText(text: string): Bytes {
  const bytes = utf8(text);
  if (bytes.byteLength > 0xffff) throw new RangeError(`text of ${bytes.byteLength} bytes`);
  return concatBytes(encodeU16(bytes.byteLength), bytes);
}
