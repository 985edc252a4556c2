import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeU16, encodeU32, readU64, writeU64 } from './big-endian.ts';
import { encodeText } from './length-prefixed.ts';

test('numbers stand with their highest byte first', () => {
  expect(encodeU16(0x0102)).toEqual(Uint8Array.of(1, 2));
  expect(encodeU32(0x01020304)).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(encodeU32(2 ** 32 - 1)).toEqual(Uint8Array.of(255, 255, 255, 255));
});

test('every safe integer comes back from 8 bytes as it was', () => {
  const view = new DataView(new ArrayBuffer(10));
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      writeU64(view, 1, value);
      expect(readU64(view, 1)).toBe(value);
      expect(view.getBigUint64(1)).toBe(BigInt(value));
    }),
  );
});

test('a number that would be rounded is not read', () => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, 2n ** 53n - 1n);
  expect(readU64(view, 0)).toBe(2 ** 53 - 1);
  for (const value of [2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n]) {
    view.setBigUint64(0, value);
    expect(readU64(view, 0)).toBeUndefined();
  }
});

test('texts in a row can be told apart', () => {
  expect(encodeText('aé')).toEqual(Uint8Array.of(0, 3, 97, 0xc3, 0xa9));
  expect(encodeText('x'.repeat(65_535)).byteLength).toBe(65_537);
  expect(() => encodeText('x'.repeat(65_536))).toThrow(RangeError);
});
