import type { Bytes } from './bytes.ts';
import { SIGNATURE_LENGTH } from './geometry.ts';
import type { ShareId } from './share-id.ts';
import { MAX_SERIAL, isWithin, signStatement, verifyStatement } from './signed-statement.ts';

export const MAX_COPIES = 5;

const LABEL = 'peerify/copies/1\0';
const FIELDS_LENGTH = 5;

export const COPY_TARGET_LENGTH = FIELDS_LENGTH + SIGNATURE_LENGTH;

/** How many browsers besides the sharer's are to hold each piece. */
export interface CopyTarget {
  /** 0 to MAX_COPIES; 0 asks for no copies any more. */
  readonly copies: number;
  /** An unsigned number of 32 bits. Of two targets the one with the higher serial holds. */
  readonly serial: number;
}

/**
 * The sharer's word about it, 69 bytes: copies, serial, signature. Whoever has it can pass it on.
 * @throws RangeError where a field is beyond its range
 */
export async function signCopyTarget(
  privateKey: CryptoKey,
  shareId: ShareId,
  { copies, serial }: CopyTarget,
): Promise<Bytes> {
  if (!isWithin(copies, MAX_COPIES)) throw new RangeError(`${copies} copies`);
  if (!isWithin(serial, MAX_SERIAL)) throw new RangeError(`serial ${serial}`);
  const fields = new Uint8Array(FIELDS_LENGTH);
  const view = new DataView(fields.buffer);
  view.setUint8(0, copies);
  view.setUint32(1, serial);
  return signStatement(privateKey, LABEL, shareId, fields);
}

/** What the words say; undefined unless the sharer signed exactly them for this share. Never rejects. */
export async function verifyCopyTarget(
  publicKey: CryptoKey,
  shareId: ShareId,
  bytes: Bytes,
): Promise<CopyTarget | undefined> {
  const target = decodeCopyTarget(bytes);
  if (target === undefined) return undefined;
  return (await verifyStatement(publicKey, LABEL, shareId, bytes)) ? target : undefined;
}

/** The fields alone, whoever wrote them. */
export function decodeCopyTarget(bytes: Bytes): CopyTarget | undefined {
  if (bytes.byteLength !== COPY_TARGET_LENGTH) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const copies = view.getUint8(0);
  return copies <= MAX_COPIES ? { copies, serial: view.getUint32(1) } : undefined;
}
