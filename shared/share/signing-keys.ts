import type { Bytes } from './bytes.ts';
import { concatBytes, utf8 } from './bytes.ts';
import { SIGNATURE_LENGTH } from './geometry.ts';
import { hasLowS, lowerS } from './low-s.ts';

export const PUBLIC_KEY_LENGTH = 65;
const UNCOMPRESSED_POINT = 4;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const ALGORITHM = { name: 'ECDSA', hash: 'SHA-256' };

/** The sharer's key pair, new for every share. */
export interface SigningKeys {
  /** Cannot be exported, but IndexedDB can keep it. */
  readonly privateKey: CryptoKey;
  /** 65 bytes: a point of P-256, raw and uncompressed. */
  readonly publicKey: Bytes;
}

/** What a signature is for, so that one kind can never pass as another. */
export type SignatureLabel =
  | 'peerify/header/1\0'
  | 'peerify/piece/1\0'
  | 'peerify/copies/1\0'
  | 'peerify/end/1\0'
  | 'peerify/distrust/1\0';

export async function generateSigningKeys(): Promise<SigningKeys> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { privateKey: pair.privateKey, publicKey };
}

/** Undefined where the bytes are not an uncompressed point on the curve. */
export async function importPublicKey(raw: Bytes): Promise<CryptoKey | undefined> {
  if (!isUncompressedPoint(raw)) return undefined;
  try {
    return await crypto.subtle.importKey('raw', raw, CURVE, true, ['verify']);
  } catch {
    return undefined;
  }
}

/** By shape alone; whether it lies on the curve shows on import. */
export function isUncompressedPoint(raw: Uint8Array): boolean {
  return raw.byteLength === PUBLIC_KEY_LENGTH && raw[0] === UNCOMPRESSED_POINT;
}

/** Signs the label and the parts in a row; 64 bytes r‖s with the lower s. */
export async function sign(
  privateKey: CryptoKey,
  label: SignatureLabel,
  ...parts: readonly Uint8Array[]
): Promise<Bytes> {
  const message = concatBytes(utf8(label), ...parts);
  return lowerS(new Uint8Array(await crypto.subtle.sign(ALGORITHM, privateKey, message)));
}

/** False for a wrong signature of any length, and for the higher s. */
export async function verify(
  publicKey: CryptoKey,
  signature: Bytes,
  label: SignatureLabel,
  ...parts: readonly Uint8Array[]
): Promise<boolean> {
  if (signature.byteLength !== SIGNATURE_LENGTH || !hasLowS(signature)) return false;
  const message = concatBytes(utf8(label), ...parts);
  return crypto.subtle.verify(ALGORITHM, publicKey, signature, message);
}
