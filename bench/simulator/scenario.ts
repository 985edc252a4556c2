import type { Geometry } from '../../shared/share/geometry.ts';
import type { PieceRanges, SwarmRole } from '../../shared/swarm/ports/tracker-client.ts';
import type { Fault } from './fault-plan.ts';

/**
 * A liar claims everything, and every block that it sends is false. A dripper claims everything, and its uplink is a
 * trickle. A free rider downloads and says that it has nothing.
 */
export type HostRole = 'sharer' | 'leecher' | 'liar' | 'dripper' | 'free-rider' | VolunteerRole;

/**
 * A lying volunteer claims what it is told to fetch, and fetches nothing. A discarding one has fetched and shown what
 * it throws away later, and goes on claiming it.
 */
export type VolunteerRole = 'volunteer' | 'lying-volunteer' | 'discarding-volunteer';

/** Somebody looks into a share before it is complete, or wants a part of it only for a while. */
export interface SimulatedWish {
  readonly type: 'focus' | 'want-only';
  readonly host: number;
  readonly atMs: number;
  readonly ranges: PieceRanges;
}

export interface HostPlan {
  readonly role: HostRole;
  readonly uplinkBytesPerSecond: number;
  readonly downlinkBytesPerSecond: number;
  /** From this host to the middle of the network. */
  readonly latencyMs: number;
  /** Of the packets that it sends or receives, 0 to 1. */
  readonly lossRate: number;
  readonly joinsAtMs: number;
  /** Leaves for good so long after it has everything. */
  readonly lingersMs: number;
  /** Leaves for good when it has sent so much. */
  readonly maxSentBytes: number;
  /** Or when it has sent so much and the others together hold everything. */
  readonly enoughSentBytes: number;
  /** Of sealed pieces, that a volunteer offers to keep. */
  readonly offeredBytes: number;
  /** How it answers an audit of what it claims and cannot show. */
  readonly excuse: 'says-lost' | 'shows-other' | 'says-nothing';
}

/** A host that is there from the beginning to the end, on a link without loss. */
export const PLAIN_HOST: Omit<HostPlan, 'role'> = {
  uplinkBytesPerSecond: 1_000_000,
  downlinkBytesPerSecond: Infinity,
  latencyMs: 15,
  lossRate: 0,
  joinsAtMs: 0,
  lingersMs: Infinity,
  maxSentBytes: Infinity,
  enoughSentBytes: Infinity,
  offeredBytes: 0,
  excuse: 'says-lost',
};

/** Everything about one run; with the same scenario and seed every run is the same. */
export interface Scenario {
  readonly seed: number;
  /** The command that runs it again. */
  readonly replay?: string;
  readonly geometry: Geometry;
  readonly hosts: readonly HostPlan[];
  /** Of a hundred pairs of hosts, how many can never connect. */
  readonly refusedPairsPercent: number;
  /** Whether the sharer, and whoever else is no leecher, can be reached by everybody. */
  readonly areSourcesReachable: boolean;
  readonly faults: readonly Fault[];
  /** From then on nothing fails any more. */
  readonly faultsEndMs: number;
  /** What leechers want first, and what they want only. */
  readonly wishes?: readonly SimulatedWish[];
  /** How many copies the sharer asks for from the beginning. */
  readonly copies?: number;
}

/** So many equal pieces, and a last one of one byte less, so that lengths matter. */
export function createGeometry(pieceCount: number, pieceSize: number): Geometry {
  return { pieceCount, pieceSize, streamLength: pieceCount * pieceSize - 1 };
}

/** Has to have everything in the end, if it stays. */
export function isDownloader({ role }: HostPlan): boolean {
  return role === 'leecher' || role === 'free-rider';
}

export function isVolunteer({ role }: HostPlan): boolean {
  return role === 'volunteer' || role === 'lying-volunteer' || role === 'discarding-volunteer';
}

/** Sends false pieces, or claims what it never had. */
export function isLiar({ role }: HostPlan): boolean {
  return role === 'liar' || role === 'lying-volunteer';
}

export function computeSwarmRole(plan: HostPlan): SwarmRole {
  if (isVolunteer(plan)) return 'volunteer';
  return plan.role === 'sharer' ? 'sharer' : 'member';
}
