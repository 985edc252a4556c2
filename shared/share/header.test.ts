import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Bytes } from './bytes.ts';
import { concatBytes, equalBytes } from './bytes.ts';
import { MAX_PIECE_COUNT, MAX_STREAM_LENGTH } from './geometry.ts';
import type { HeaderViolation } from './header.ts';
import {
  MAX_HEADER_LENGTH,
  computeHeaderHash,
  createHeader,
  decodeHeader,
  verifyHeader,
} from './header.ts';
import { MAX_INDEX_LENGTH } from './index-limits.ts';
import { createSampleShare } from './sample-share.test-helper.ts';
import { computeShareId } from './share-id.ts';

const share = await createSampleShare({ streamLength: 300_000 });
const other = await createSampleShare({ streamLength: 300_000 });

async function isAccepted(bytes: Uint8Array): Promise<boolean> {
  const header = decodeHeader(bytes);
  return header.ok && verifyHeader(header.value, share.shareId);
}

function violationOf(bytes: Uint8Array): HeaderViolation | 'none' {
  const header = decodeHeader(bytes);
  return header.ok ? 'none' : header.violation;
}

function changed(change: (view: DataView) => void): Bytes {
  const bytes = share.header.bytes.slice();
  change(new DataView(bytes.buffer));
  return bytes;
}

describe('a header', () => {
  test('H1: that was created decodes to itself, verifies and stays within 1 KiB', async () => {
    const decoded = decodeHeader(share.header.bytes);
    expect(decoded).toEqual({ ok: true, value: share.header });
    expect(await isAccepted(share.header.bytes)).toBe(true);
    expect(share.header.geometry.streamLength).toBe(300_000);
    expect(share.header.indexLength).toBe(10);
    const longest = await createSampleShare({ streamLength: 300_000, name: 'n'.repeat(9999) });
    expect(longest.header.bytes.byteLength).toBeLessThanOrEqual(MAX_HEADER_LENGTH);
  });

  test('is read from a copy, so that later changes of the input do not reach it', () => {
    const input = share.header.bytes.slice();
    const header = decodeHeader(input);
    input.fill(0);
    expect(header).toEqual({ ok: true, value: share.header });
  });

  test('case P8; H3: with any one bit flipped is refused', async () => {
    const accepted: number[] = [];
    for (let bit = 0; bit < share.header.bytes.byteLength * 8; bit += 1) {
      const bytes = share.header.bytes.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (await isAccepted(bytes)) accepted.push(bit);
    }
    expect(accepted).toEqual([]);
  });

  test('H3: of another share is refused, as is one with a key swapped in', async () => {
    expect(await isAccepted(other.header.bytes)).toBe(false);
    const swapped = share.header.bytes.slice();
    swapped.set(other.header.publicKey, 17);
    expect(await isAccepted(swapped)).toBe(false);
  });

  test('K4, H3: with a key that is no point of the curve is refused, even for the share it names', async () => {
    const bytes = changed((view) => view.setUint8(60, view.getUint8(60) ^ 1));
    const header = decodeHeader(bytes);
    if (!header.ok) throw new Error(header.violation);
    const shareId = await computeShareId(header.value.publicKey);
    expect(await verifyHeader(header.value, shareId)).toBe(false);
  });

  test('K6: has one valid form only: the other s of its signature is refused', async () => {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const { bytes } = share.header;
    const view = new DataView(bytes.slice(-32).buffer);
    let s = 0n;
    for (let i = 0; i < 32; i += 8) s = (s << 64n) | view.getBigUint64(i);
    const otherS = new DataView(new ArrayBuffer(32));
    for (let i = 0; i < 4; i += 1) otherS.setBigUint64(24 - 8 * i, (order - s) >> BigInt(64 * i));
    expect(
      await isAccepted(concatBytes(bytes.subarray(0, -32), new Uint8Array(otherS.buffer))),
    ).toBe(false);
  });

  test('H4: hashes to the SHA-256 of all of it', async () => {
    const expected = await crypto.subtle.digest('SHA-256', share.header.bytes);
    expect(await computeHeaderHash(share.header)).toEqual(new Uint8Array(expected));
  });
});

describe('the structure of a header', () => {
  test.for<[string, HeaderViolation, (view: DataView) => void]>([
    ['version 0', 'wrong-version', (view) => view.setUint8(0, 0)],
    ['version 2', 'wrong-version', (view) => view.setUint8(0, 2)],
    ['pieceSize 0', 'wrong-piece-size', (view) => view.setUint32(1, 0)],
    ['pieceSize 3', 'wrong-piece-size', (view) => view.setUint32(1, 3)],
    ['pieceSize 2^31', 'wrong-piece-size', (view) => view.setUint32(1, 2 ** 31)],
    ['pieceSize of a longer stream', 'wrong-piece-size', (view) => view.setUint32(1, 131_072)],
    ['streamLength 0', 'wrong-stream-length', (view) => view.setBigUint64(5, 0n)],
    ['streamLength 2^53', 'wrong-stream-length', (view) => view.setBigUint64(5, 2n ** 53n)],
    ['streamLength 2^63', 'wrong-stream-length', (view) => view.setBigUint64(5, 2n ** 63n)],
    [
      'streamLength 2^64 - 1',
      'wrong-stream-length',
      (view) => view.setBigUint64(5, 2n ** 64n - 1n),
    ],
    [
      'streamLength above 65,536 pieces',
      'wrong-stream-length',
      (view) => view.setBigUint64(5, BigInt(MAX_STREAM_LENGTH) + 1n),
    ],
    ['indexLength 0', 'wrong-index-length', (view) => view.setUint32(13, 0)],
    ['indexLength beyond the stream', 'wrong-index-length', (view) => view.setUint32(13, 300_001)],
    ['indexLength 2^32 - 1', 'wrong-index-length', (view) => view.setUint32(13, 2 ** 32 - 1)],
    ['a compressed key', 'wrong-public-key', (view) => view.setUint8(17, 2)],
    ['summaryLength 513', 'wrong-summary-length', (view) => view.setUint16(98, 513)],
    ['summaryLength 2^16 - 1', 'wrong-summary-length', (view) => view.setUint16(98, 65_535)],
    ['summaryLength 0', 'wrong-length', (view) => view.setUint16(98, 0)],
    [
      'summaryLength one less',
      'wrong-length',
      (view) => view.setUint16(98, view.getUint16(98) - 1),
    ],
  ])('case P9; H2: refuses %s', ([, violation, change]) => {
    expect(violationOf(changed(change))).toBe(violation);
  });

  test('case P9; H2: refuses an index beyond 4 MiB though the stream is longer', () => {
    const bytes = changed((view) => {
      view.setBigUint64(5, 32n * 1024n * 1024n);
      view.setUint32(13, MAX_INDEX_LENGTH + 1);
    });
    expect(violationOf(bytes)).toBe('wrong-index-length');
  });

  test('H2: refuses a byte less, a byte more, nothing, and more than 1 KiB', () => {
    const { bytes } = share.header;
    expect(violationOf(bytes.subarray(0, -1))).toBe('wrong-length');
    expect(violationOf(concatBytes(bytes, new Uint8Array(1)))).toBe('wrong-length');
    expect(violationOf(new Uint8Array())).toBe('too-short');
    expect(violationOf(bytes.subarray(0, 163))).toBe('too-short');
    expect(violationOf(concatBytes(bytes, new Uint8Array(MAX_HEADER_LENGTH)))).toBe('too-long');
  });

  test('case P9; H2: refuses what is too long before it takes a copy', () => {
    const copy = vi.spyOn(Uint8Array, 'from');
    expect(violationOf(new Uint8Array(10 * 1024 * 1024).fill(1))).toBe('too-long');
    expect(copy).not.toHaveBeenCalled();
    expect(violationOf(share.header.bytes)).toBe('none');
    expect(copy).toHaveBeenCalledOnce();
    copy.mockRestore();
  });

  test('H2: never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: MAX_HEADER_LENGTH + 2 }), (bytes) => {
        expect(decodeHeader(bytes).ok).toBe(false);
      }),
    );
  });

  test('H2: never throws on a real header with bytes written over it, and what it accepts it derives', () => {
    const { bytes } = share.header;
    const patch = fc.tuple(fc.nat(bytes.byteLength - 1), fc.uint8Array({ maxLength: 9 }));
    fc.assert(
      fc.property(fc.array(patch, { maxLength: 3 }), (patches) => {
        const patched = bytes.slice();
        for (const [at, value] of patches) {
          patched.set(value.subarray(0, patched.byteLength - at), at);
        }
        const header = decodeHeader(patched);
        const isSound =
          !header.ok ||
          (equalBytes(header.value.bytes, patched) &&
            header.value.indexLength <= header.value.geometry.streamLength &&
            header.value.geometry.pieceCount <= MAX_PIECE_COUNT);
        expect(isSound).toBe(true);
      }),
    );
  });
});

describe('creating a header', () => {
  test.for([
    ['an empty index', { indexLength: 0 }],
    ['an index beyond the stream', { indexLength: 300_001 }],
    ['an empty stream', { streamLength: 0 }],
    ['too long a stream', { streamLength: MAX_STREAM_LENGTH + 1 }],
    ['a total that is not the rest of the stream', { streamLength: 300_001 }],
  ] as const)('with %s is a bug', async ([, wrong]) => {
    const { keys, signingKeys, shareId } = share;
    const summary = { name: 'a', fileCount: 1, totalBytes: 299_990 };
    const fields = { streamLength: 300_000, indexLength: 10, summary, keys, signingKeys, shareId };
    await expect(createHeader({ ...fields, ...wrong })).rejects.toThrow(RangeError);
  });
});
