import type { Geometry } from '../share/geometry.ts';
import type { Bitfield } from '../wire/bitfield.ts';
import type { Peer } from './peer.ts';
import type { PiecePicker } from './piece-picker.ts';
import type { PeerId, SwarmRole } from './ports/tracker-client.ts';
import type { Random } from './random.ts';
import type { DisconnectReason, SwarmEffect } from './swarm-events.ts';

/** What the parts of one engine share. Each part changes its own fields of a peer and no other's. */
export interface SwarmContext {
  readonly geometry: Geometry;
  readonly role: SwarmRole;
  /** Verified and held here. */
  readonly held: Bitfield;
  /** To be held: everything, but for a volunteer. */
  readonly wanted: Bitfield;
  readonly peers: Map<PeerId, Peer>;
  readonly picker: PiecePicker;
  readonly random: Random;
  readonly emit: (effect: SwarmEffect) => void;
  readonly drop: (peer: Peer, reason: DisconnectReason) => void;
}

/** Nothing that is wanted is missing. */
export function isSatisfied({ held, wanted }: SwarmContext): boolean {
  return held.isFull || held.countMissingFrom(wanted) === 0;
}
