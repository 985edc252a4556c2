import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { FIRST_PIECE_PATIENCE_MS } from './limits.ts';

/**
 * Whether a peer that holds nothing leaves the other sources alone until the piece it has asked for is there. Where
 * most have nothing, many pieces for one of them would come as late as one piece for each of many, and whoever has
 * one gives it on. A source that is silent meanwhile is not waited for.
 */
export function waitsForFirstPiece(
  { held, peers }: Pick<SwarmContext, 'held' | 'peers'>,
  underWay: Iterable<readonly Peer[]>,
  nowMs: number,
): boolean {
  if (held.count > 0) return false;
  let isWaiting = false;
  for (const sources of underWay) {
    isWaiting = true;
    if (sources.some(({ lastBlockAtMs }) => nowMs - lastBlockAtMs > FIRST_PIECE_PATIENCE_MS)) {
      return false;
    }
  }
  if (!isWaiting) return false;
  let haveSomething = 0;
  for (const { bitfield } of peers.values()) if (bitfield.count > 0) haveSomething += 1;
  return 2 * haveSomething < peers.size;
}
