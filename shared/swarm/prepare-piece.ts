import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { computeSealedLength } from '../share/geometry.ts';

/** The host may read the piece ahead, unless too much was read for this peer and not sent: asking costs it nothing. */
export function preparePiece(
  { geometry, emit }: SwarmContext,
  { prepared }: Peer,
  piece: number,
  nowMs: number,
): void {
  const byteLength = computeSealedLength(geometry, piece);
  if (!prepared.mayTake(byteLength, nowMs)) return;
  prepared.take(byteLength);
  emit({ type: 'prepare-piece', piece });
}
