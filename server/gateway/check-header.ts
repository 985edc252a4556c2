import type { Bytes } from '../../shared/share/bytes.ts';
import { decodeHeader, verifyHeader } from '../../shared/share/header.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { VerifiedHeader } from '../registry/registry.ts';

/** Undefined unless the header is well formed and signed by the key that names the share. */
export async function checkHeader(
  bytes: Bytes,
  shareId: ShareId,
): Promise<VerifiedHeader | undefined> {
  const header = decodeHeader(bytes);
  if (!header.ok || !(await verifyHeader(header.value, shareId))) return undefined;
  return { bytes, pieceCount: header.value.geometry.pieceCount };
}
