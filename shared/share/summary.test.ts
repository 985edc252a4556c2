import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bytes } from './bytes.ts';
import { concatBytes, utf8 } from './bytes.ts';
import { computeGeometry } from './geometry.ts';
import { createSampleShare } from './sample-share.test-helper.ts';
import { formatShareId, shareIdBytes } from './share-id.ts';
import type { SummaryViolation } from './summary.ts';
import { MAX_SEALED_SUMMARY_LENGTH, isKeyFor, openSummary, sealSummary } from './summary.ts';

const share = await createSampleShare({ streamLength: 1010, indexLength: 10 });
const other = await createSampleShare({ streamLength: 1010, indexLength: 10 });
const { keys, shareId } = share;

function carry(sealedSummary: Bytes, totalBytes: number) {
  return { geometry: computeGeometry(10 + totalBytes), indexLength: 10, sealedSummary };
}

/** Seals bytes that `sealSummary` would never make. */
async function sealRaw(plain: Uint8Array): Promise<Bytes> {
  const algorithm = {
    name: 'AES-GCM',
    iv: new Uint8Array(12),
    additionalData: shareIdBytes(shareId),
  };
  const sealed = await crypto.subtle.encrypt(algorithm, keys.summary, concatBytes(plain));
  return new Uint8Array(sealed);
}

function plainSummary(change: (view: DataView, bytes: Bytes) => void, length = 64): Bytes {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 1);
  view.setBigUint64(4, 1000n);
  view.setUint16(12, 5);
  bytes.set(utf8('a.txt'), 14);
  change(view, bytes);
  return bytes;
}

describe('a summary', () => {
  test('I6: of any name that fits opens to itself, in at most 512 bytes', async () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => {
      return utf8(text).byteLength <= 434;
    });
    const count = fc.integer({ min: 1, max: 100_000 });
    const total = fc.integer({ min: 0, max: 2 ** 38 - 10 });
    await fc.assert(
      fc.asyncProperty(name, count, total, async (name, fileCount, totalBytes) => {
        const summary = { name, fileCount, totalBytes };
        const sealed = await sealSummary(summary, keys, shareId);
        expect(sealed.byteLength).toBeLessThanOrEqual(MAX_SEALED_SUMMARY_LENGTH);
        const opened = await openSummary(carry(sealed, totalBytes), keys, shareId);
        expect(opened).toEqual({ ok: true, value: summary });
      }),
    );
  });

  test('I7: keeps the extension of a name that is too long, and cuts no character in two', async () => {
    const summary = { name: `${'ä€😀'.repeat(200)}.tar`, fileCount: 1, totalBytes: 1000 };
    const sealed = await sealSummary(summary, keys, shareId);
    const opened = await openSummary(carry(sealed, 1000), keys, shareId);
    const name = opened.ok ? opened.value.name : '';
    expect(name).toMatch(/^(?:ä€😀)+(?:ä|ä€)?\.tar$/u);
    expect(utf8(name).byteLength).toBeGreaterThan(428);
  });

  test('I6: tells by its length only which of seven sizes the name has', async () => {
    const lengths = new Set<number>();
    for (let length = 0; length <= 500; length += 1) {
      const summary = { name: 'n'.repeat(length), fileCount: 1, totalBytes: 1000 };
      lengths.add((await sealSummary(summary, keys, shareId)).byteLength);
    }
    expect([...lengths]).toEqual([80, 144, 208, 272, 336, 400, 464]);
  });

  test('beyond the limits is a bug', async () => {
    const wrong = [
      { fileCount: 0 },
      { fileCount: 100_001 },
      { fileCount: 1.5 },
      { totalBytes: -1 },
      { totalBytes: 2 ** 38 },
    ];
    for (const fields of wrong) {
      const summary = { name: 'a', fileCount: 1, totalBytes: 1, ...fields };
      await expect(sealSummary(summary, keys, shareId)).rejects.toThrow(RangeError);
    }
  });
});

describe('a summary is refused', () => {
  test('I6: under the keys or the name of another share', async () => {
    const { header } = share;
    const refusal = { ok: false, violation: 'not-authentic' };
    expect(await openSummary(header, other.keys, shareId)).toEqual(refusal);
    expect(await openSummary(header, keys, formatShareId(new Uint8Array(16)))).toEqual(refusal);
    expect((await openSummary(header, keys, shareId)).ok).toBe(true);
  });

  test('I6: with any byte changed', async () => {
    const { sealedSummary } = share.header;
    for (let i = 0; i < sealedSummary.byteLength; i += 1) {
      const bytes = sealedSummary.slice();
      bytes[i] = (bytes[i] ?? 0) ^ 0x80;
      const opened = await openSummary(carry(bytes, 1000), keys, shareId);
      expect(opened).toEqual({ ok: false, violation: 'not-authentic' });
    }
  });

  test('I8: with another length than a multiple of 64 and the tag', async () => {
    for (const length of [0, 1, 15, 16, 79, 81, 512, 528]) {
      const opened = await openSummary(carry(new Uint8Array(length), 1000), keys, shareId);
      expect(opened).toEqual({ ok: false, violation: 'wrong-length' });
    }
  });

  test.for<[string, SummaryViolation | 'none', Bytes]>([
    ['nothing wrong', 'none', plainSummary(() => undefined)],
    ['no file', 'wrong-file-count', plainSummary((view) => view.setUint32(0, 0))],
    ['too many files', 'wrong-file-count', plainSummary((view) => view.setUint32(0, 100_001))],
    ['2^32 - 1 files', 'wrong-file-count', plainSummary((view) => view.setUint32(0, 2 ** 32 - 1))],
    ['another total', 'wrong-total', plainSummary((view) => view.setBigUint64(4, 999n))],
    ['a total of 2^63', 'wrong-total', plainSummary((view) => view.setBigUint64(4, 2n ** 63n))],
    ['a name beyond its end', 'wrong-name', plainSummary((view) => view.setUint16(12, 51))],
    ['a name of 65,535', 'wrong-name', plainSummary((view) => view.setUint16(12, 65_535))],
    [
      'a name that is not UTF-8',
      'wrong-name',
      plainSummary((_, bytes) => bytes.fill(0xff, 14, 15)),
    ],
    ['a byte after the name', 'wrong-padding', plainSummary((_, bytes) => bytes.fill(1, 19, 20))],
    ['a last byte', 'wrong-padding', plainSummary((_, bytes) => bytes.fill(1, 63))],
    ['64 bytes too many', 'wrong-padding', plainSummary(() => undefined, 128)],
  ])('case P9; I8: with %s: %s', async ([, violation, plain]) => {
    const opened = await openSummary(carry(await sealRaw(plain), 1000), keys, shareId);
    expect(opened.ok ? 'none' : opened.violation).toBe(violation);
  });

  test('I8: whatever a member sealed, without a throw', async () => {
    const plain = fc.uint8Array({ minLength: 64, maxLength: 64 });
    await fc.assert(
      fc.asyncProperty(plain, async (bytes) => {
        const opened = await openSummary(carry(await sealRaw(bytes), 1000), keys, shareId);
        expect(opened.ok).toBe(false);
      }),
    );
  });
});

test('K3: a damaged link shows before any download', () => {
  expect(isKeyFor(share.header, keys)).toBe(true);
  expect(isKeyFor(share.header, other.keys)).toBe(false);
});
