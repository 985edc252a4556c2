import { encodeU16 } from './big-endian.ts';
import type { Bytes } from './bytes.ts';
import { concatBytes, equalBytes, utf8 } from './bytes.ts';
import { encodeText } from './length-prefixed.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';

export const PEER_AUTH_NONCE_LENGTH = 32;
export const PEER_AUTH_LENGTH = 32;

const LABEL = utf8('peerify/peer-auth/1\0');
const ROLE_NUMBERS = { member: 1, volunteer: 2 };
const MAX_FINGERPRINTS = 16;
const MAX_TEXT_LENGTH = 256;

/** One end of a connection, as both ends must see it. */
export interface AuthSide {
  readonly peerId: string;
  readonly role: 'member' | 'volunteer';
  /** 32 random bytes, new for every connection. */
  readonly nonce: Bytes;
  /** Every DTLS certificate fingerprint of that end, "sha-256 AB:CD:…", in any order and case. */
  readonly fingerprints: readonly string[];
}

/**
 * Proves to the receiver that the sender has the link and sees the connection as the receiver does: HMAC-SHA-256, 32 bytes.
 * @throws RangeError where a side lacks its nonce or fingerprints, or is beyond a limit
 */
export async function computePeerAuth(
  key: CryptoKey,
  shareId: ShareId,
  sender: AuthSide,
  receiver: AuthSide,
): Promise<Bytes> {
  const message = encodeSides(shareId, sender, receiver);
  if (message === undefined) throw new RangeError('not the side of a connection');
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, message));
}

/** `sender` is the other end, `receiver` this one. Sides that cannot be, and our own nonce echoed, give false. */
export async function verifyPeerAuth(
  key: CryptoKey,
  shareId: ShareId,
  sender: AuthSide,
  receiver: AuthSide,
  mac: Bytes,
): Promise<boolean> {
  if (mac.byteLength !== PEER_AUTH_LENGTH || equalBytes(sender.nonce, receiver.nonce)) return false;
  const message = encodeSides(shareId, sender, receiver);
  return message !== undefined && crypto.subtle.verify('HMAC', key, mac, message);
}

function encodeSides(shareId: ShareId, sender: AuthSide, receiver: AuthSide): Bytes | undefined {
  const first = encodeSide(sender);
  const second = encodeSide(receiver);
  if (first === undefined || second === undefined) return undefined;
  return concatBytes(LABEL, shareIdBytes(shareId), first, second);
}

/** Every part has a fixed length or its length before it, so two different sides never give the same bytes. */
function encodeSide(side: AuthSide): Bytes | undefined {
  const fingerprints = normaliseFingerprints(side.fingerprints);
  const texts = [side.peerId, ...fingerprints];
  if (fingerprints.length === 0 || fingerprints.length > MAX_FINGERPRINTS) return undefined;
  if (texts.some((text) => text.length > MAX_TEXT_LENGTH)) return undefined;
  if (side.nonce.byteLength !== PEER_AUTH_NONCE_LENGTH) return undefined;
  return concatBytes(
    encodeText(side.peerId),
    Uint8Array.of(ROLE_NUMBERS[side.role]),
    side.nonce,
    encodeU16(fingerprints.length),
    ...fingerprints.map(encodeText),
  );
}

/** As a set: lower-case algorithm, one blank, upper-case digits (RFC 8122, section 5), each once, sorted. */
export function normaliseFingerprints(fingerprints: readonly string[]): string[] {
  const normalised = fingerprints.map((fingerprint) => {
    const [algorithm = '', ...digits] = fingerprint.trim().split(/\s+/);
    return `${algorithm.toLowerCase()} ${digits.join(' ').toUpperCase()}`;
  });
  return [...new Set(normalised)].toSorted();
}
