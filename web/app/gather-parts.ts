import type { Bytes } from '../../shared/share/bytes.ts';

/** Puts parts together into exactly `length` bytes. @throws RangeError where they are more */
export async function gatherParts(parts: AsyncIterable<Bytes>, length: number): Promise<Bytes> {
  const whole = new Uint8Array(length);
  let offset = 0;
  for await (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
