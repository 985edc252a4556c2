import type { Bytes } from './bytes.ts';
import { utf8 } from './bytes.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';
import { sign, verify } from './signing-keys.ts';

const LABEL = 'peerify/distrust/1\0';

/** The sharer's word that this peer does not hold what it claims to hold: 64 bytes. */
export async function signDistrust(
  privateKey: CryptoKey,
  shareId: ShareId,
  peerId: string,
): Promise<Bytes> {
  return sign(privateKey, LABEL, shareIdBytes(shareId), utf8(peerId));
}

/** Whether the sharer said so of this peer and in this share. Never rejects. */
export async function verifyDistrust(
  publicKey: CryptoKey,
  shareId: ShareId,
  peerId: string,
  signature: Bytes,
): Promise<boolean> {
  return verify(publicKey, signature, LABEL, shareIdBytes(shareId), utf8(peerId));
}
