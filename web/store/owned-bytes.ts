import type { Bytes } from '../../shared/share/bytes.ts';

/** The bytes on a buffer of exactly their size: cloning a view into a database would clone all of its buffer. */
export function ownBytes(bytes: Bytes): Bytes {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

export function isBytes(value: unknown): value is Bytes {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}
