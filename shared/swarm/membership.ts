import type { Bytes } from '../share/bytes.ts';
import type { Geometry } from '../share/geometry.ts';
import type { Header } from '../share/header.ts';
import type { ShareId } from '../share/share-id.ts';
import type { ShareKeys } from '../share/share-keys.ts';
import type { SwarmKeys } from '../share/swarm-keys.ts';
import type { PeerRole } from '../wire/messages.ts';
import { createPieceContext, verifyPiece } from '../share/piece-sealing.ts';
import { importPublicKey } from '../share/signing-keys.ts';
import { derivePublicKeys } from '../share/swarm-keys.ts';

/** What a peer needs of a share to take part in its swarm: enough to verify and to prove itself. */
export interface Membership {
  readonly role: PeerRole;
  readonly shareId: ShareId;
  readonly header: Bytes;
  readonly geometry: Geometry;
  /** What the link gives, for members among themselves. A volunteer has none. */
  readonly linkKeys?: SwarmKeys;
  /** What the header gives, wherever one end is a volunteer. */
  readonly publicKeys: SwarmKeys;
  /** Whether these are the sealed bytes the sharer signed for this place. Never throws. */
  readonly verifyPiece: (piece: number, sealed: Bytes) => Promise<boolean>;
}

/** @throws TypeError where the header's key is no point on the curve: verify the header first */
export async function createMembership(
  header: Header,
  shareId: ShareId,
  keys: ShareKeys,
): Promise<Membership> {
  const linkKeys = { signalKey: keys.signal, peerAuthKey: keys.peerAuth };
  return { ...(await createVolunteerMembership(header, shareId)), role: 'member', linkKeys };
}

/**
 * For a peer that keeps sealed pieces without the link.
 * @throws TypeError where the header's key is no point on the curve: verify the header first
 */
export async function createVolunteerMembership(
  header: Header,
  shareId: ShareId,
): Promise<Membership> {
  const publicKey = await importPublicKey(header.publicKey);
  if (publicKey === undefined) throw new TypeError('the header was not verified');
  const context = await createPieceContext(header, shareId);
  return {
    role: 'volunteer',
    shareId,
    header: header.bytes,
    geometry: header.geometry,
    publicKeys: await derivePublicKeys(context.headerHash, shareId),
    verifyPiece: (piece, sealed) => verifyPiece(context, publicKey, piece, sealed),
  };
}
