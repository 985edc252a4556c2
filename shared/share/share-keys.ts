import type { Bytes } from './bytes.ts';
import type { ShareId } from './share-id.ts';
import { SECRET_LENGTH } from './file-id.ts';
import { createKeyDerivation } from './key-derivation.ts';

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

/**
 * HKDF-SHA-256 (RFC 5869) with the share ID as salt and "peerify/1/" and the key's name as info.
 * @throws RangeError unless the secret has 16 bytes
 */
export async function deriveShareKeys(secret: Bytes, shareId: ShareId): Promise<ShareKeys> {
  if (secret.byteLength !== SECRET_LENGTH) throw new RangeError('a secret has 16 bytes');
  const { deriveAes, deriveHmac, deriveBytes } = await createKeyDerivation(secret, shareId);
  const [piece, summary, signal, peerAuth, keyCheck] = await Promise.all([
    deriveAes('piece'),
    deriveAes('summary'),
    deriveAes('signal'),
    deriveHmac('peer-auth'),
    deriveBytes('key-check', KEY_CHECK_LENGTH),
  ]);
  return { piece, summary, signal, peerAuth, keyCheck };
}
