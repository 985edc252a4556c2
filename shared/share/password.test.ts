import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { findFileId, formatFileId, formatLink } from './file-id.ts';
import { fromHex, toHex } from './hex.test-helper.ts';
import { PASSWORD_ROUNDS, derivePasswordSecret } from './password.ts';
import { formatShareId } from './share-id.ts';
import { deriveShareKeys } from './share-keys.ts';
import { readVectorShare } from './vector-share.test-helper.ts';
import vectors from './vectors/password.vectors.json';

const { secret, shareId } = await readVectorShare();
const link = { secret, shareId };

describe('password.vectors.json', () => {
  test.for(vectors.cases)('K8: $keySecret', async ({ password, keySecret, keyCheck }) => {
    const derived = await derivePasswordSecret(password, link);
    expect(toHex(derived)).toBe(keySecret);
    expect(toHex((await deriveShareKeys(derived, shareId)).keyCheck)).toBe(keyCheck);
  });

  test('K8: 600,000 rounds', () => {
    expect(PASSWORD_ROUNDS).toBe(vectors.rounds);
    expect(PASSWORD_ROUNDS).toBeGreaterThanOrEqual(600_000);
  });

  test('L9: the link has the secret and the share, and nothing of the password', () => {
    const fileId = { ...link, hasPassword: true };
    expect(formatFileId(fileId)).toBe(vectors.fileId);
    expect(formatLink('https://share.example', fileId)).toBe(vectors.link);
    expect(findFileId(vectors.link)).toEqual({ ok: true, value: fileId });
  });
});

describe('what a password gives', () => {
  test('K8: is of that password, link and share alone', async () => {
    const changed = fromHex(toHex(secret));
    changed[0] = 1;
    const otherShare = formatShareId(new Uint8Array(16));
    const derived = await Promise.all([
      derivePasswordSecret('a', link),
      derivePasswordSecret('b', link),
      derivePasswordSecret('A', link),
      derivePasswordSecret('a ', link),
      derivePasswordSecret('a', { secret: changed, shareId }),
      derivePasswordSecret('a', { secret, shareId: otherShare }),
    ]);
    expect(new Set(derived.map(toHex)).size).toBe(derived.length);
    expect(derived.every(({ byteLength }) => byteLength === 16)).toBe(true);
  });

  test('K8: is the same however a keyboard composes its characters', async () => {
    const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301'];
    expect(await derivePasswordSecret(composed, link)).toEqual(
      await derivePasswordSecret(decomposed, link),
    );
  });

  test('K8: is 16 bytes for any text but the empty one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 2000 }),
        async (text) => {
          expect((await derivePasswordSecret(text, link)).byteLength).toBe(16);
        },
      ),
      { numRuns: 5 },
    );
    await expect(derivePasswordSecret('', link)).rejects.toThrow(RangeError);
  });
});
