import { readU64, writeU64 } from './big-endian.ts';
import type { Bytes } from './bytes.ts';
import { SIGNATURE_LENGTH } from './geometry.ts';
import type { ShareId } from './share-id.ts';
import { MAX_SERIAL, isWithin, signStatement, verifyStatement } from './signed-statement.ts';

const LABEL = 'peerify/end/1\0';
const SERIAL_AT = 8;
const FIELDS_LENGTH = 12;

export const SHARE_END_LENGTH = FIELDS_LENGTH + SIGNATURE_LENGTH;

/** Past on every clock: the share ends at once, whatever time it is where. */
export const AT_ONCE_MS = 0;
/** Past on no clock: the share does not end by itself. */
export const NEVER_MS = Number.MAX_SAFE_INTEGER;

/** From when on nobody new is to be let into a share. */
export interface ShareEnd {
  /** Milliseconds since 1970. */
  readonly endAtMs: number;
  /** An unsigned number of 32 bits. Of two ends the one with the higher serial holds. */
  readonly serial: number;
}

/**
 * The sharer's word about it, 76 bytes: time, serial, signature.
 * @throws RangeError where a field is beyond its range
 */
export async function signShareEnd(
  privateKey: CryptoKey,
  shareId: ShareId,
  { endAtMs, serial }: ShareEnd,
): Promise<Bytes> {
  if (!isWithin(endAtMs, NEVER_MS)) throw new RangeError(`an end at ${endAtMs}`);
  if (!isWithin(serial, MAX_SERIAL)) throw new RangeError(`serial ${serial}`);
  const fields = new Uint8Array(FIELDS_LENGTH);
  const view = new DataView(fields.buffer);
  writeU64(view, 0, endAtMs);
  view.setUint32(SERIAL_AT, serial);
  return signStatement(privateKey, LABEL, shareId, fields);
}

/** What the words say; undefined unless the sharer signed exactly them for this share. Never rejects. */
export async function verifyShareEnd(
  publicKey: CryptoKey,
  shareId: ShareId,
  bytes: Bytes,
): Promise<ShareEnd | undefined> {
  const end = decodeShareEnd(bytes);
  if (end === undefined) return undefined;
  return (await verifyStatement(publicKey, LABEL, shareId, bytes)) ? end : undefined;
}

/** The fields alone, whoever wrote them. */
export function decodeShareEnd(bytes: Bytes): ShareEnd | undefined {
  if (bytes.byteLength !== SHARE_END_LENGTH) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const endAtMs = readU64(view, 0);
  return endAtMs === undefined ? undefined : { endAtMs, serial: view.getUint32(SERIAL_AT) };
}
