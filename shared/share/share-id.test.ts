import { describe, expect, test } from 'vitest';
import { computeShareId, formatShareId, isShareId, shareIdBytes } from './share-id.ts';

describe('a share ID', () => {
  test('L6: is 16 bytes as 22 characters, and back', () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, i) => i * 16);
    const shareId = formatShareId(bytes);
    expect(shareId).toHaveLength(22);
    expect(isShareId(shareId)).toBe(true);
    expect(shareIdBytes(shareId)).toEqual(bytes);
  });

  test('L6: has one spelling: other lengths, letters and spare bits are none', () => {
    const shareId = formatShareId(new Uint8Array(16));
    for (const text of [
      '',
      shareId.slice(1),
      `${shareId}A`,
      shareId.replace(/A$/, 'B'),
      '+'.repeat(22),
    ]) {
      expect(isShareId(text)).toBe(false);
    }
  });

  test('is never made of another number of bytes', () => {
    for (const length of [0, 15, 17]) {
      expect(() => formatShareId(new Uint8Array(length))).toThrow(RangeError);
    }
  });

  test('L2: names a public key: another key, another share', async () => {
    const key = new Uint8Array(65).fill(4);
    const shareId = await computeShareId(key);
    expect(await computeShareId(key)).toBe(shareId);
    key[64] = 5;
    expect(await computeShareId(key)).not.toBe(shareId);
  });
});
