import type { Geometry } from '../share/geometry.ts';
import type { Bitfield } from '../wire/bitfield.ts';
import type { Focus } from './focus.ts';
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
  /** To be held: everything, but for a volunteer or a member that chose. */
  readonly wanted: Bitfield;
  /** To come before all else, wanted or not. */
  readonly focus: Focus;
  readonly peers: Map<PeerId, Peer>;
  readonly picker: PiecePicker;
  readonly random: Random;
  readonly emit: (effect: SwarmEffect) => void;
  readonly drop: (peer: Peer, reason: DisconnectReason) => void;
}

/** Nothing is missing that is wanted or in the focus. */
export function isSatisfied(context: SwarmContext): boolean {
  return holdsWanted(context) && context.focus.isMet;
}

/** For a volunteer that may always be told to fetch more only every piece is everything. */
export function isComplete(context: SwarmContext): boolean {
  return context.role === 'volunteer' ? context.held.isFull : holdsWanted(context);
}

function holdsWanted({ held, wanted }: Pick<SwarmContext, 'held' | 'wanted'>): boolean {
  return held.isFull || (!wanted.isFull && held.countMissingFrom(wanted) === 0);
}
