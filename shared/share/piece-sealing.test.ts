import { describe, expect, test } from 'vitest';
import type { Bytes } from './bytes.ts';
import { equalBytes } from './bytes.ts';
import { SEAL_LENGTH, computePieceLength, computeSealedLength } from './geometry.ts';
import { computeCiphertextDigest, openPiece, sealPiece, verifyPiece } from './piece-sealing.ts';
import type { SampleShare } from './sample-share.test-helper.ts';
import { createSampleShare, patternBytes } from './sample-share.test-helper.ts';

const share = await createSampleShare({ streamLength: 2 * 65_536 + 1000 });
const other = await createSampleShare({ streamLength: 2 * 65_536 + 1000 });
const plaintexts = [0, 1, 2].map((piece) =>
  patternBytes(computePieceLength(share.context.geometry, piece), piece),
);

async function seal(piece: number, of: SampleShare = share): Promise<Bytes> {
  const { context, keys, signingKeys } = of;
  const plaintext = plaintexts[piece] ?? new Uint8Array();
  return (await sealPiece(context, keys.piece, signingKeys.privateKey, piece, plaintext)).sealed;
}

/** Whether it passes for that piece of that share, in both senses. */
async function judge(sealed: Bytes, piece: number, of: SampleShare = share) {
  const verified = await verifyPiece(of.context, of.publicKey, piece, sealed);
  const opened = await openPiece(of.context, of.keys.piece, piece, sealed);
  return { verified, opened: opened.ok ? 'opened' : opened.violation };
}

describe('a sealed piece', () => {
  test.for([0, 1, 2])('P3, P5: %i verifies and opens to its plaintext', async (piece) => {
    const sealed = await seal(piece);
    expect(sealed.byteLength).toBe(computeSealedLength(share.context.geometry, piece));
    expect(await judge(sealed, piece)).toEqual({ verified: true, opened: 'opened' });
    const opened = await openPiece(share.context, share.keys.piece, piece, sealed);
    expect(opened.ok && equalBytes(opened.value, plaintexts[piece] ?? new Uint8Array())).toBe(true);
  });

  test('P6: has the same ciphertext digest every time, so that a changed file shows', async () => {
    const { context, keys, signingKeys } = share;
    const plaintext = patternBytes(65_536, 0);
    const first = await sealPiece(context, keys.piece, signingKeys.privateKey, 0, plaintext);
    const again = await sealPiece(context, keys.piece, signingKeys.privateKey, 0, plaintext);
    expect(again.digest).toEqual(first.digest);
    expect(await computeCiphertextDigest(first.sealed)).toEqual(first.digest);
    plaintext[65_535] = (plaintext[65_535] ?? 0) ^ 1;
    const changed = await sealPiece(context, keys.piece, signingKeys.privateKey, 0, plaintext);
    expect(changed.digest).not.toEqual(first.digest);
  });

  test('of another length than its piece is a bug', async () => {
    const { context, keys, signingKeys } = share;
    for (const length of [0, 999, 1001]) {
      const sealing = sealPiece(
        context,
        keys.piece,
        signingKeys.privateKey,
        2,
        patternBytes(length),
      );
      await expect(sealing).rejects.toThrow(RangeError);
    }
    await expect(
      sealPiece(context, keys.piece, signingKeys.privateKey, 3, patternBytes(1000)),
    ).rejects.toThrow(RangeError);
  });
});

describe('a piece that somebody changed is refused', () => {
  const lastSealed = 1000 + SEAL_LENGTH;
  test.for([
    ['the first byte', 0, { verified: false, opened: 'not-authentic' }],
    ['the last byte of the ciphertext', 999, { verified: false, opened: 'not-authentic' }],
    ['the first byte of the tag', 1000, { verified: false, opened: 'not-authentic' }],
    ['the last byte of the tag', 1015, { verified: false, opened: 'not-authentic' }],
    ['the first byte of the signature', 1016, { verified: false, opened: 'opened' }],
    ['the last byte of r', 1047, { verified: false, opened: 'opened' }],
    ['the last byte of the signature', lastSealed - 1, { verified: false, opened: 'opened' }],
  ] as const)('case P10, P11; P5: in %s', async ([, at, verdict]) => {
    const sealed = await seal(2);
    sealed[at] = (sealed[at] ?? 0) ^ 1;
    expect(await judge(sealed, 2)).toEqual(verdict);
  });

  test('case P11; P5: by a byte less, a byte more, or down to nothing', async () => {
    const sealed = await seal(2);
    const longer = new Uint8Array(sealed.byteLength + 1);
    longer.set(sealed);
    const refusal = { verified: false, opened: 'wrong-length' };
    for (const wrong of [sealed.slice(0, -1), sealed.slice(1), longer, new Uint8Array()]) {
      expect(await judge(wrong, 2)).toEqual(refusal);
    }
  });

  test('case P10; P5: into a signature of zeros', async () => {
    const sealed = await seal(2);
    sealed.fill(0, -64);
    expect((await judge(sealed, 2)).verified).toBe(false);
  });

  test('case P11; P5, P7: by giving it another number', async () => {
    const refusal = { verified: false, opened: 'not-authentic' };
    expect(await judge(await seal(0), 1)).toEqual(refusal);
    for (const piece of [-1, 3, 0.5, Number.NaN]) {
      expect(await judge(await seal(0), piece)).toEqual({
        verified: false,
        opened: 'wrong-length',
      });
    }
  });

  test('case P11; P5: by giving it to another share', async () => {
    expect(await judge(await seal(0), 0, other)).toEqual({
      verified: false,
      opened: 'not-authentic',
    });
  });

  test.for([
    ['another piece', 1, share],
    ['the same piece of another share', 0, other],
  ] as const)('case P10; P4: by giving it the signature of %s', async ([, piece, of]) => {
    const sealed = await seal(0);
    sealed.set((await seal(piece, of)).subarray(-64), sealed.byteLength - 64);
    expect((await judge(sealed, 0)).verified).toBe(false);
  });

  test('P7: by giving it to another header of the same sharer', async () => {
    const headerHash = new Uint8Array(32);
    const context = { ...share.context, headerHash };
    const opened = await openPiece(context, share.keys.piece, 0, await seal(0));
    expect(opened).toEqual({ ok: false, violation: 'not-authentic' });
  });
});
