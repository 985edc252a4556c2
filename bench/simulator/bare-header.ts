import type { Bytes } from '../../shared/share/bytes.ts';
import type { Geometry } from '../../shared/share/geometry.ts';
import { concatBytes } from '../../shared/share/bytes.ts';
import { SIGNATURE_LENGTH } from '../../shared/share/geometry.ts';
import { KEY_CHECK_LENGTH } from '../../shared/share/share-keys.ts';
import { PUBLIC_KEY_LENGTH } from '../../shared/share/signing-keys.ts';

const VERSION = 1;
const UNCOMPRESSED_POINT = 4;

/** A header's form without a summary, a key or a signature: the books look at no more than that. */
export function createBareHeader({ pieceSize, streamLength }: Geometry): Bytes {
  const fields = new Uint8Array(17);
  const view = new DataView(fields.buffer);
  view.setUint8(0, VERSION);
  view.setUint32(1, pieceSize);
  view.setBigUint64(5, BigInt(streamLength));
  view.setUint32(13, 1);
  const publicKey = new Uint8Array(PUBLIC_KEY_LENGTH);
  publicKey[0] = UNCOMPRESSED_POINT;
  const summaryLength = new Uint8Array(2);
  const keyCheck = new Uint8Array(KEY_CHECK_LENGTH);
  return concatBytes(fields, publicKey, keyCheck, summaryLength, new Uint8Array(SIGNATURE_LENGTH));
}
