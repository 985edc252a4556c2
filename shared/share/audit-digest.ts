import type { Bytes } from './bytes.ts';
import { concatBytes } from './bytes.ts';
import { SIGNATURE_LENGTH } from './geometry.ts';
import { encodeText } from './length-prefixed.ts';
import { normaliseFingerprints } from './peer-auth.ts';

/**
 * What a holder shows: SHA-256(nonce ‖ its own certificate's fingerprints ‖ ciphertext ‖ tag), 32 bytes. The nonce is
 * before the ciphertext, so that nobody can keep a shorter state of the hash in its place; the fingerprints, so that
 * what another holder shows is of no use to a peer that holds nothing.
 */
export async function computeAuditDigest(
  nonce: Bytes,
  fingerprints: readonly string[],
  sealed: Bytes,
): Promise<Bytes> {
  const message = concatBytes(
    nonce,
    ...normaliseFingerprints(fingerprints).map(encodeText),
    sealed.subarray(0, sealed.byteLength - SIGNATURE_LENGTH),
  );
  return new Uint8Array(await crypto.subtle.digest('SHA-256', message));
}
