import type { Bytes } from './bytes.ts';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';
import { concatBytes, utf8 } from './bytes.ts';

export const SHARE_ID_LENGTH = 16;

/** The swarm's public name: 16 bytes as 22 characters of canonical base64url. */
export type ShareId = string & { readonly brand: 'ShareId' };

export function isShareId(text: string): text is ShareId {
  return decodeBase64Url(text, SHARE_ID_LENGTH) !== undefined;
}

/** @throws RangeError unless there are exactly 16 bytes */
export function formatShareId(bytes: Uint8Array): ShareId {
  const text = encodeBase64Url(bytes);
  if (!isShareId(text)) throw new RangeError('a share ID has 16 bytes');
  return text;
}

export function shareIdBytes(shareId: ShareId): Bytes {
  const bytes = decodeBase64Url(shareId, SHARE_ID_LENGTH);
  if (bytes === undefined) throw new TypeError('not a share ID');
  return bytes;
}

/** The first 16 bytes of SHA-256 over a label and the sharer's public key (65 bytes, uncompressed). */
export async function computeShareId(publicKey: Uint8Array): Promise<ShareId> {
  const labelled = concatBytes(utf8('peerify/share-id/1\0'), publicKey);
  const digest = await crypto.subtle.digest('SHA-256', labelled);
  return formatShareId(new Uint8Array(digest, 0, SHARE_ID_LENGTH));
}
