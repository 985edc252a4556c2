import { expect, test } from 'vitest';
import { concatBytes, equalBytes, utf8 } from './bytes.ts';

test('joined bytes keep their order and own their buffer', () => {
  const joined = concatBytes(Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3));
  expect(joined).toEqual(Uint8Array.of(1, 2, 3));
  expect(joined.buffer.byteLength).toBe(3);
  expect(concatBytes()).toEqual(new Uint8Array());
});

test('bytes are equal only in every byte and in length', () => {
  const bytes = Uint8Array.of(1, 2, 3);
  expect(equalBytes(bytes, Uint8Array.of(0, 1, 2, 3).subarray(1))).toBe(true);
  expect(equalBytes(bytes, Uint8Array.of(1, 2, 4))).toBe(false);
  expect(equalBytes(bytes, Uint8Array.of(1, 2))).toBe(false);
  expect(equalBytes(bytes, Uint8Array.of(1, 2, 3, 0))).toBe(false);
});

test('text becomes UTF-8', () => {
  expect(utf8('é\0')).toEqual(Uint8Array.of(0xc3, 0xa9, 0));
});
