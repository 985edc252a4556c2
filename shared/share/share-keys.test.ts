import { describe, expect, test } from 'vitest';
import { formatShareId } from './share-id.ts';
import { deriveShareKeys } from './share-keys.ts';

const secret = Uint8Array.from({ length: 16 }, (_, i) => i);
const shareId = formatShareId(new Uint8Array(16).fill(7));
const keys = await deriveShareKeys(secret, shareId);

describe('the keys of a share', () => {
  test('K2: cannot be exported', async () => {
    for (const key of [keys.piece, keys.summary, keys.signal, keys.peerAuth]) {
      expect(key.extractable).toBe(false);
      await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow('not extractable');
    }
  });

  test('K2: are four different ones: what one seals no other opens', async () => {
    const algorithm = { name: 'AES-GCM', iv: new Uint8Array(12) };
    const sealed = await crypto.subtle.encrypt(algorithm, keys.piece, new Uint8Array(5));
    for (const other of [keys.summary, keys.signal]) {
      await expect(crypto.subtle.decrypt(algorithm, other, sealed)).rejects.toMatchObject({
        name: 'OperationError',
      });
    }
    const again = await deriveShareKeys(secret, shareId);
    const opened = await crypto.subtle.decrypt(algorithm, again.piece, sealed);
    expect(opened.byteLength).toBe(5);
  });

  test('K1: follow from the secret and the share together', async () => {
    const otherSecret = secret.slice();
    otherSecret[15] = 0;
    const otherShare = formatShareId(new Uint8Array(16).fill(8));
    const checks = [
      keys.keyCheck,
      (await deriveShareKeys(otherSecret, shareId)).keyCheck,
      (await deriveShareKeys(secret, otherShare)).keyCheck,
    ].map(String);
    expect(new Set(checks).size).toBe(3);
    expect(keys.keyCheck.byteLength).toBe(16);
  });

  test('L1: are never derived from a secret of another length', async () => {
    await expect(deriveShareKeys(new Uint8Array(15), shareId)).rejects.toThrow(RangeError);
  });
});
