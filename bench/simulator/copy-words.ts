import type { Bytes } from '../../shared/share/bytes.ts';
import { COPY_TARGET_LENGTH, decodeCopyTarget } from '../../shared/share/copy-target.ts';

/** The sharer's word on how many copies it asks for, unsigned: the books look at its fields alone. */
export function encodeTarget(copies: number, serial: number): Bytes {
  const target = new Uint8Array(COPY_TARGET_LENGTH);
  const view = new DataView(target.buffer);
  view.setUint8(0, copies);
  view.setUint32(1, serial);
  return target;
}

/** -1 where nothing was said. */
export function decodeSerial(target: Bytes | undefined): number {
  return (target && decodeCopyTarget(target)?.serial) ?? -1;
}
