import type { Bytes } from './bytes.ts';
import { concatBytes } from './bytes.ts';
import { SIGNATURE_LENGTH } from './geometry.ts';
import type { ShareId } from './share-id.ts';
import { shareIdBytes } from './share-id.ts';
import type { SignatureLabel } from './signing-keys.ts';
import { sign, verify } from './signing-keys.ts';

export const MAX_SERIAL = 2 ** 32 - 1;

/** The sharer's word on its share: fields of a fixed length, then a signature. Whoever has it can pass it on. */
export async function signStatement(
  privateKey: CryptoKey,
  label: SignatureLabel,
  shareId: ShareId,
  fields: Bytes,
): Promise<Bytes> {
  return concatBytes(fields, await sign(privateKey, label, shareIdBytes(shareId), fields));
}

/** Whether the sharer signed exactly these fields, of this kind and for this share. Never rejects. */
export async function verifyStatement(
  publicKey: CryptoKey,
  label: SignatureLabel,
  shareId: ShareId,
  statement: Bytes,
): Promise<boolean> {
  const fieldsLength = statement.byteLength - SIGNATURE_LENGTH;
  if (fieldsLength < 0) return false;
  const fields = statement.slice(0, fieldsLength);
  return verify(publicKey, statement.slice(fieldsLength), label, shareIdBytes(shareId), fields);
}

/** Whether it is a whole number from 0 to `max`. */
export function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}
