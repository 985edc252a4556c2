import type { Bytes } from './bytes.ts';
import { concatBytes, utf8 } from './bytes.ts';
import { GCM_TAG_LENGTH } from './geometry.ts';
import { encodeText } from './length-prefixed.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';

export const MAX_SEALED_SIGNAL_LENGTH = 8 * 1024;

const NONCE_LENGTH = 12;
const LABEL = utf8('peerify/signal/1\0');

/**
 * Seals what one member tells another through the tracker: nonce (12) ‖ ciphertext ‖ tag (16).
 * `nonce` is random unless a test fixes it; one key must never see it twice.
 * @throws RangeError where the result would exceed 8 KiB
 */
export async function sealSignal(
  key: CryptoKey,
  shareId: ShareId,
  from: string,
  to: string,
  plaintext: Bytes,
  nonce: Bytes = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH)),
): Promise<Bytes> {
  const length = NONCE_LENGTH + plaintext.byteLength + GCM_TAG_LENGTH;
  if (length > MAX_SEALED_SIGNAL_LENGTH) throw new RangeError(`signal of ${length} bytes`);
  const algorithm = computeAlgorithm(shareId, from, to, nonce);
  const ciphertext = await crypto.subtle.encrypt(algorithm, key, plaintext);
  return concatBytes(nonce, new Uint8Array(ciphertext));
}

/** Undefined where no member sealed this for this share and these two peers. Never rejects. */
export async function openSignal(
  key: CryptoKey,
  shareId: ShareId,
  from: string,
  to: string,
  sealed: Bytes,
): Promise<Bytes | undefined> {
  const { byteLength } = sealed;
  if (byteLength > MAX_SEALED_SIGNAL_LENGTH || byteLength < NONCE_LENGTH + GCM_TAG_LENGTH) {
    return undefined;
  }
  try {
    const algorithm = computeAlgorithm(shareId, from, to, sealed.subarray(0, NONCE_LENGTH));
    const opened = await crypto.subtle.decrypt(algorithm, key, sealed.subarray(NONCE_LENGTH));
    return new Uint8Array(opened);
  } catch {
    return undefined;
  }
}

function computeAlgorithm(shareId: ShareId, from: string, to: string, nonce: Bytes): AesGcmParams {
  const additionalData = concatBytes(
    LABEL,
    shareIdBytes(shareId),
    encodeText(from),
    encodeText(to),
  );
  return { name: 'AES-GCM', iv: nonce, additionalData };
}
