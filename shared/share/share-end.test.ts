import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { concatBytes } from './bytes.ts';
import { createSampleShare } from './sample-share.test-helper.ts';
import {
  AT_ONCE_MS,
  decodeShareEnd,
  NEVER_MS,
  SHARE_END_LENGTH,
  signShareEnd,
  verifyShareEnd,
} from './share-end.ts';
import { shareIdBytes } from './share-id.ts';
import { sign } from './signing-keys.ts';
import { fromHex } from './hex.test-helper.ts';
import { readVectorShare } from './vector-share.test-helper.ts';
import vectors from './vectors/end.vectors.json';

const share = await createSampleShare({ streamLength: 100 });
const other = await createSampleShare({ streamLength: 100 });
const { privateKey } = share.signingKeys;
const end = { endAtMs: 1_800_000_000_123, serial: 0x01020304 };
const signed = await signShareEnd(privateKey, share.shareId, end);

describe("the sharer's word on the end of its share", () => {
  test('T34: is the time and the serial, most significant byte first, and a signature', async () => {
    expect(signed.byteLength).toBe(SHARE_END_LENGTH);
    expect(signed.slice(0, 12)).toEqual(
      new Uint8Array([0, 0, 1, 0xa3, 0x18, 0x5c, 0x50, 0x7b, 1, 2, 3, 4]),
    );
    expect(await verifyShareEnd(share.publicKey, share.shareId, signed)).toEqual(end);
  });

  test.each([
    { endAtMs: AT_ONCE_MS, serial: 0 },
    { endAtMs: NEVER_MS, serial: 2 ** 32 - 1 },
  ])('T34: says at once and never as well: %j', async (limits) => {
    const bytes = await signShareEnd(privateKey, share.shareId, limits);
    expect(await verifyShareEnd(share.publicKey, share.shareId, bytes)).toEqual(limits);
    expect(decodeShareEnd(bytes)).toEqual(limits);
  });

  test.each([
    { endAtMs: -1, serial: 0 },
    { endAtMs: 2 ** 53, serial: 0 },
    { endAtMs: 0.5, serial: 0 },
    { endAtMs: Number.NaN, serial: 0 },
    { endAtMs: 1, serial: 2 ** 32 },
    { endAtMs: 1, serial: -1 },
  ])('is not given beyond that: %j', async (beyond) => {
    await expect(signShareEnd(privateKey, share.shareId, beyond)).rejects.toThrow(RangeError);
  });

  test('T34: of any time and serial comes back as it was', async () => {
    const fields = fc.record({ endAtMs: fc.maxSafeNat(), serial: fc.nat(2 ** 32 - 1) });
    await fc.assert(
      fc.asyncProperty(fields, async (said) => {
        expect(decodeShareEnd(await signShareEnd(privateKey, share.shareId, said))).toEqual(said);
      }),
      { numRuns: 20 },
    );
  });
});

describe('end.vectors.json', () => {
  test.for(vectors)('T34, K6: $endAtMs, $serial', async (vector) => {
    const { shareId, publicKey } = await readVectorShare();
    const { endAtMs, serial, statement, refusedWithHighS } = vector;
    const said = await verifyShareEnd(publicKey, shareId, fromHex(statement));
    expect(said).toEqual({ endAtMs, serial });
    expect(await verifyShareEnd(publicKey, shareId, fromHex(refusedWithHighS))).toBeUndefined();
  });
});

describe('nothing is taken as the word of the sharer', () => {
  test('T34: that another key has signed, or for another share', async () => {
    expect(await verifyShareEnd(other.publicKey, share.shareId, signed)).toBeUndefined();
    expect(await verifyShareEnd(share.publicKey, other.shareId, signed)).toBeUndefined();
  });

  test('T34: whose signature was made for something else', async () => {
    const fields = signed.slice(0, 12);
    const signature = await sign(
      privateKey,
      'peerify/copies/1\0',
      shareIdBytes(share.shareId),
      fields,
    );
    const bytes = concatBytes(fields, signature);
    expect(await verifyShareEnd(share.publicKey, share.shareId, bytes)).toBeUndefined();
  });

  test('T34: that names a time which would be rounded, though the sharer signed it', async () => {
    const fields = new Uint8Array(12).fill(0xff);
    const label = 'peerify/end/1\0';
    const signature = await sign(privateKey, label, shareIdBytes(share.shareId), fields);
    const bytes = concatBytes(fields, signature);
    expect(await verifyShareEnd(share.publicKey, share.shareId, bytes)).toBeUndefined();
  });

  test('T34: that was changed anywhere, cut, or made longer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(75), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = signed.slice();
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(await verifyShareEnd(share.publicKey, share.shareId, changed)).toBeUndefined();
      }),
    );
    for (const length of [0, 12, 75, 77]) {
      const bytes = new Uint8Array(length);
      bytes.set(signed.subarray(0, length));
      expect(await verifyShareEnd(share.publicKey, share.shareId, bytes)).toBeUndefined();
    }
  });
});
