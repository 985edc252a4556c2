import type { Bytes } from '../share/bytes.ts';
import type { Geometry } from '../share/geometry.ts';
import type { Header } from '../share/header.ts';
import type { ShareId } from '../share/share-id.ts';
import type { ShareKeys } from '../share/share-keys.ts';
import { createPieceContext, verifyPiece } from '../share/piece-sealing.ts';
import { importPublicKey } from '../share/signing-keys.ts';

/** What a member needs of a share to take part in its swarm: enough to verify and to prove itself. */
export interface Membership {
  readonly shareId: ShareId;
  readonly header: Bytes;
  readonly geometry: Geometry;
  readonly signalKey: CryptoKey;
  readonly peerAuthKey: CryptoKey;
  /** Whether these are the sealed bytes the sharer signed for this place. Never throws. */
  readonly verifyPiece: (piece: number, sealed: Bytes) => Promise<boolean>;
}

/** @throws TypeError where the header's key is no point on the curve: verify the header first */
export async function createMembership(
  header: Header,
  shareId: ShareId,
  keys: ShareKeys,
): Promise<Membership> {
  const publicKey = await importPublicKey(header.publicKey);
  if (publicKey === undefined) throw new TypeError('the header was not verified');
  const context = await createPieceContext(header, shareId);
  return {
    shareId,
    header: header.bytes,
    geometry: header.geometry,
    signalKey: keys.signal,
    peerAuthKey: keys.peerAuth,
    verifyPiece: (piece, sealed) => verifyPiece(context, publicKey, piece, sealed),
  };
}
