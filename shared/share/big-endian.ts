import type { Bytes } from './bytes.ts';

const U32_RANGE = 2 ** 32;

export function encodeU16(value: number): Bytes {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value);
  return bytes;
}

export function encodeU32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Writes a safe integer of at least 0. */
export function writeU64(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, Math.floor(value / U32_RANGE));
  view.setUint32(offset + 4, value % U32_RANGE);
}

/** Undefined where the number is above 2^53 - 1 and would be rounded. */
export function readU64(view: DataView, offset: number): number | undefined {
  const value = view.getUint32(offset) * U32_RANGE + view.getUint32(offset + 4);
  return Number.isSafeInteger(value) ? value : undefined;
}
