import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { concatBytes } from './bytes.ts';
import { decodeCopyTarget, signCopyTarget, verifyCopyTarget } from './copy-target.ts';
import { createSampleShare } from './sample-share.test-helper.ts';
import { shareIdBytes } from './share-id.ts';
import { sign } from './signing-keys.ts';

const share = await createSampleShare({ streamLength: 100 });
const other = await createSampleShare({ streamLength: 100 });
const { privateKey } = share.signingKeys;
const target = { copies: 2, serial: 0x01020304 };
const signed = await signCopyTarget(privateKey, share.shareId, target);

describe("the sharer's word on copies", () => {
  test('is the fields, most significant byte first, and a signature over them', async () => {
    expect(signed.byteLength).toBe(69);
    expect(signed.slice(0, 5)).toEqual(new Uint8Array([2, 1, 2, 3, 4]));
    expect(await verifyCopyTarget(share.publicKey, share.shareId, signed)).toEqual(target);
  });

  test.each([
    { copies: 0, serial: 0 },
    { copies: 5, serial: 2 ** 32 - 1 },
  ])('says the least and the most that it can: %j', async (limits) => {
    const bytes = await signCopyTarget(privateKey, share.shareId, limits);
    expect(await verifyCopyTarget(share.publicKey, share.shareId, bytes)).toEqual(limits);
    expect(decodeCopyTarget(bytes)).toEqual(limits);
  });

  test.each([
    { copies: 6, serial: 0 },
    { copies: -1, serial: 0 },
    { copies: 1.5, serial: 0 },
    { copies: 1, serial: 2 ** 32 },
    { copies: 1, serial: Number.NaN },
  ])('is not given beyond them: %j', async (beyond) => {
    await expect(signCopyTarget(privateKey, share.shareId, beyond)).rejects.toThrow(RangeError);
  });
});

describe('nothing is taken as the word of the sharer', () => {
  test('that another key has signed, or for another share', async () => {
    expect(await verifyCopyTarget(other.publicKey, share.shareId, signed)).toBeUndefined();
    expect(await verifyCopyTarget(share.publicKey, other.shareId, signed)).toBeUndefined();
  });

  test('whose signature was made for something else', async () => {
    const fields = signed.slice(0, 5);
    const signature = await sign(
      privateKey,
      'peerify/distrust/1\0',
      shareIdBytes(share.shareId),
      fields,
    );
    const bytes = concatBytes(fields, signature);
    expect(await verifyCopyTarget(share.publicKey, share.shareId, bytes)).toBeUndefined();
  });

  test('that was changed anywhere, cut, or made longer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(68), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = signed.slice();
        changed[at] = (changed[at] ?? 0) ^ change;
        expect(await verifyCopyTarget(share.publicKey, share.shareId, changed)).toBeUndefined();
      }),
    );
    for (const length of [0, 5, 68, 70]) {
      const bytes = new Uint8Array(length);
      bytes.set(signed.subarray(0, length));
      expect(await verifyCopyTarget(share.publicKey, share.shareId, bytes)).toBeUndefined();
    }
  });

  test('that names more copies than there may be, though the sharer signed it', async () => {
    const fields = new Uint8Array([6, 0, 0, 0, 1]);
    const signature = await sign(
      privateKey,
      'peerify/copies/1\0',
      shareIdBytes(share.shareId),
      fields,
    );
    const bytes = concatBytes(fields, signature);
    expect(await verifyCopyTarget(share.publicKey, share.shareId, bytes)).toBeUndefined();
  });
});
