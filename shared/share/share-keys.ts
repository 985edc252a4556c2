import type { Bytes } from './bytes.ts';
import { utf8 } from './bytes.ts';
import { SECRET_LENGTH } from './file-id.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';

export const KEY_CHECK_LENGTH = 16;

/** Everything the link's secret gives. No key can be exported; only `keyCheck` is public. */
export interface ShareKeys {
  /** AES-256-GCM, for pieces. */
  readonly piece: CryptoKey;
  /** AES-256-GCM, for the summary in the header. */
  readonly summary: CryptoKey;
  /** AES-256-GCM, for signals between members. */
  readonly signal: CryptoKey;
  /** HMAC-SHA-256 with 32 bytes, for members to know each other. */
  readonly peerAuth: CryptoKey;
  /** 16 bytes, repeated in the header: tells a damaged link before any download. */
  readonly keyCheck: Bytes;
}

type KeyName = 'piece' | 'summary' | 'signal' | 'peer-auth' | 'key-check';

/**
 * HKDF-SHA-256 (RFC 5869) with the share ID as salt and "peerify/1/" and the key's name as info.
 * @throws RangeError unless the secret has 16 bytes
 */
export async function deriveShareKeys(secret: Bytes, shareId: ShareId): Promise<ShareKeys> {
  if (secret.byteLength !== SECRET_LENGTH) throw new RangeError('a secret has 16 bytes');
  const salt = shareIdBytes(shareId);
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, [
    'deriveKey',
    'deriveBits',
  ]);
  const derivation = (name: KeyName): HkdfParams => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt,
    info: utf8(`peerify/1/${name}`),
  });
  const deriveAes = (name: KeyName): Promise<CryptoKey> =>
    crypto.subtle.deriveKey(derivation(name), base, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
  const [piece, summary, signal, peerAuth, keyCheck] = await Promise.all([
    deriveAes('piece'),
    deriveAes('summary'),
    deriveAes('signal'),
    crypto.subtle.deriveKey(
      derivation('peer-auth'),
      base,
      { name: 'HMAC', hash: 'SHA-256', length: 256 },
      false,
      ['sign', 'verify'],
    ),
    crypto.subtle.deriveBits(derivation('key-check'), base, KEY_CHECK_LENGTH * 8),
  ]);
  return { piece, summary, signal, peerAuth, keyCheck: new Uint8Array(keyCheck) };
}
