import type { KnownPeer } from './swarm-events.ts';
import type { FoundPeer } from './ports/tracker-client.ts';
import { Bitfield } from '../wire/bitfield.ts';

/** A bitfield of the wrong form counts as empty: it is the tracker's word, a hint for dialling only. */
export function readKnownPeers(found: readonly FoundPeer[], pieceCount: number): KnownPeer[] {
  return found.map(({ peerId, bitfield, isVolunteer }) => ({
    peerId,
    bitfield: Bitfield.fromBytes(bitfield, pieceCount) ?? new Bitfield(pieceCount),
    role: isVolunteer ? 'volunteer' : 'member',
  }));
}
