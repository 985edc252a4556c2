import { expect, test } from 'vitest';
import { createSampleShare } from '../share/sample-share.test-helper.ts';
import { createMembership, createVolunteerMembership } from './membership.ts';
import { createSealedShare } from './sealed-share.test-helper.ts';

test('P5: a member takes a piece for what the sharer sealed in that place, and nothing else', async () => {
  const { membership, pieces } = await createSealedShare(2 * 64 * 1024);
  const other = await createSealedShare(2 * 64 * 1024);
  const [first, second] = pieces;
  const [foreign] = other.pieces;
  if (first === undefined || second === undefined || foreign === undefined) throw new Error('none');
  expect(await membership.verifyPiece(0, first)).toBe(true);
  expect(await membership.verifyPiece(1, second)).toBe(true);
  expect(await membership.verifyPiece(0, second)).toBe(false);
  expect(await membership.verifyPiece(2, first)).toBe(false);
  expect(await membership.verifyPiece(0, foreign)).toBe(false);
  expect(await membership.verifyPiece(0, first.slice(1))).toBe(false);
  expect(await membership.verifyPiece(0, new Uint8Array())).toBe(false);
});

test('a header whose key is no point on the curve makes no member', async () => {
  const { header, shareId, keys } = await createSampleShare({ streamLength: 100 });
  const publicKey = header.publicKey.slice().fill(1, 1);
  await expect(createMembership({ ...header, publicKey }, shareId, keys)).rejects.toThrow(
    TypeError,
  );
});

test('K7: a volunteer verifies as a member does, and has no key of the link', async () => {
  const { share, pieces, membership } = await createSealedShare(64 * 1024);
  const volunteer = await createVolunteerMembership(share.header, share.shareId);
  expect(volunteer.role).toBe('volunteer');
  expect(volunteer.linkKeys).toBeUndefined();
  expect(membership.linkKeys).toBeDefined();
  expect(await volunteer.verifyPiece(0, pieces[0] ?? new Uint8Array())).toBe(true);
  expect(await volunteer.verifyPiece(0, new Uint8Array(pieces[0]?.byteLength ?? 0))).toBe(false);
});
