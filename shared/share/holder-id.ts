import { encodeBase64Url } from './base64url.ts';
import type { Bytes } from './bytes.ts';
import { concatBytes, utf8 } from './bytes.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';

export const BROWSER_SECRET_LENGTH = 32;
export const HOLDER_ID_LENGTH = 16;

/**
 * One browser's name in one share, so that two of its tabs count as one holder: 22 characters of base64url. Its names
 * in two shares cannot be told to be the same browser's.
 * @throws RangeError unless the secret has 32 bytes
 */
export async function computeHolderId(browserSecret: Bytes, shareId: ShareId): Promise<string> {
  if (browserSecret.byteLength !== BROWSER_SECRET_LENGTH) {
    throw new RangeError(`a browser's secret has ${BROWSER_SECRET_LENGTH} bytes`);
  }
  const named = concatBytes(utf8('peerify/holder/1\0'), browserSecret, shareIdBytes(shareId));
  const digest = await crypto.subtle.digest('SHA-256', named);
  return encodeBase64Url(new Uint8Array(digest, 0, HOLDER_ID_LENGTH));
}
