import { describe, expect, test } from 'vitest';
import { hasLowS, lowerS } from './low-s.ts';
import { generateSigningKeys, importPublicKey, sign, verify } from './signing-keys.ts';

const keys = await generateSigningKeys();
const publicKey = await importPublicKey(keys.publicKey);
if (publicKey === undefined) throw new Error('a generated key is no point');
const key = publicKey;

/** (n - 1) / 2 and n of P-256, as s of a signature. */
const HALF = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8';
const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';

function signatureWithS(hex: string, plus = 0n) {
  const digits = (BigInt(`0x${hex}`) + plus).toString(16).padStart(64, '0');
  const bytes = new Uint8Array(64).fill(0xaa);
  for (let i = 0; i < 32; i += 1) {
    bytes[32 + i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

describe('a signing key', () => {
  test('K4: cannot be exported, and its public half is 65 bytes', async () => {
    expect(keys.privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', keys.privateKey)).rejects.toThrow(
      'not extractable',
    );
    expect(keys.publicKey.byteLength).toBe(65);
    expect(keys.publicKey[0]).toBe(4);
  });

  test('K4: is taken only as an uncompressed point on the curve', async () => {
    const offCurve = keys.publicKey.slice();
    offCurve[40] = (offCurve[40] ?? 0) ^ 1;
    const compressed = keys.publicKey.slice(0, 33);
    compressed[0] = 2 + ((keys.publicKey[64] ?? 0) & 1);
    const wrong = [offCurve, compressed, new Uint8Array(65), new Uint8Array(), new Uint8Array(66)];
    for (const raw of wrong) expect(await importPublicKey(raw)).toBeUndefined();
  });
});

describe('a signature', () => {
  const message = new Uint8Array(100).fill(3);

  test('K5, K6: of 64 bytes with the lower s verifies, whatever way the message is cut', async () => {
    for (let i = 0; i < 20; i += 1) {
      const signature = await sign(keys.privateKey, 'peerify/piece/1\0', message);
      expect(signature.byteLength).toBe(64);
      expect(hasLowS(signature)).toBe(true);
      const parts = [message.subarray(0, i), message.subarray(i)];
      expect(await verify(key, signature, 'peerify/piece/1\0', ...parts)).toBe(true);
    }
  });

  test('K5: for one purpose, message or key passes for no other', async () => {
    const signature = await sign(keys.privateKey, 'peerify/piece/1\0', message);
    const otherKey = await importPublicKey((await generateSigningKeys()).publicKey);
    expect(await verify(key, signature, 'peerify/header/1\0', message)).toBe(false);
    expect(await verify(key, signature, 'peerify/piece/1\0', message.subarray(1))).toBe(false);
    expect(await verify(otherKey ?? key, signature, 'peerify/piece/1\0', message)).toBe(false);
  });

  test('K5: of another length or of zeros is refused, not thrown at', async () => {
    for (const length of [0, 63, 64, 65]) {
      const signature = new Uint8Array(length);
      expect(await verify(key, signature, 'peerify/piece/1\0', message)).toBe(false);
    }
  });

  test('K6: has a low s up to half of the order, and the higher one is brought down', () => {
    expect(hasLowS(signatureWithS('1'))).toBe(true);
    expect(hasLowS(signatureWithS(HALF))).toBe(true);
    expect(hasLowS(signatureWithS(HALF, 1n))).toBe(false);
    expect(hasLowS(signatureWithS(ORDER, -1n))).toBe(false);
    expect(lowerS(signatureWithS(HALF))).toEqual(signatureWithS(HALF));
    expect(lowerS(signatureWithS(HALF, 1n))).toEqual(signatureWithS(HALF));
    expect(lowerS(signatureWithS(ORDER, -1n))).toEqual(signatureWithS('1'));
  });
});
