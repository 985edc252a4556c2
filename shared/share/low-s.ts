import { encodeU32 } from './big-endian.ts';
import type { Bytes } from './bytes.ts';
import { concatBytes } from './bytes.ts';

// ECDSA lets anyone turn a signature (r, s) into (r, n - s), which is as valid. So that nobody but the sharer can
// make a second form of a header, only the lower of the two is taken (as in BIP 62).

/** The order n of P-256's base point (SEC 2, secp256r1), big-endian. */
const ORDER_WORDS = [
  0xffffffff, 0x00000000, 0xffffffff, 0xffffffff, 0xbce6faad, 0xa7179e84, 0xf3b9cac2, 0xfc632551,
];
const ORDER = concatBytes(...ORDER_WORDS.map(encodeU32));
const S_OFFSET = 32;

/** Whether s is at most (n - 1) / 2, of a signature r‖s of 64 bytes. */
export function hasLowS(signature: Uint8Array): boolean {
  const s = signature.subarray(S_OFFSET);
  const other = subtractFromOrder(s);
  for (const [i, byte] of s.entries()) {
    const difference = byte - (other[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/** The form of the signature that `hasLowS`. */
export function lowerS(signature: Bytes): Bytes {
  if (hasLowS(signature)) return signature;
  const lowered = signature.slice();
  lowered.set(subtractFromOrder(signature.subarray(S_OFFSET)), S_OFFSET);
  return lowered;
}

function subtractFromOrder(s: Uint8Array): Bytes {
  const difference = new Uint8Array(ORDER.length);
  let borrow = 0;
  for (let i = ORDER.length - 1; i >= 0; i -= 1) {
    const digit = (ORDER[i] ?? 0) - (s[i] ?? 0) - borrow;
    borrow = digit < 0 ? 1 : 0;
    difference[i] = digit & 0xff;
  }
  return difference;
}
