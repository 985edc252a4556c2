import type { Bytes } from '../../shared/share/bytes.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Part } from './part.ts';

export type Awaitable<T> = T | Promise<T>;

/** A header that has been verified against its share ID. */
export interface VerifiedHeader {
  readonly bytes: Bytes;
  readonly pieceCount: number;
}

export type AnnounceOutcome =
  | 'announced'
  | 'invalid'
  | 'not-announced'
  | 'header-conflict'
  | 'too-many-swarms'
  | 'swarm-full'
  | 'tracker-full'
  | 'not-a-volunteer'
  | 'over-budget';

export interface FoundPeer {
  readonly peerId: string;
  readonly isVolunteer: boolean;
  readonly bitfield: Bytes;
}

export interface Found {
  readonly header: Bytes;
  /** Other peers that hold every piece, and that hold any piece. */
  readonly seederCount: number;
  readonly holderCount: number;
  /** Other volunteers that hold any piece. */
  readonly volunteerHolderCount: number;
  readonly peers: readonly FoundPeer[];
}

export interface RegistryCounts {
  readonly swarms: number;
  /** Peers in swarms: one peer in two swarms counts twice. */
  readonly holdings: number;
}

/**
 * The tracker's books. The caller vouches for `peerId`: it is the connection's own, never one that a message names.
 * `nowMs` comes from a clock that never goes back.
 */
export interface Registry {
  /** The header that a swarm goes by; undefined where nobody is in it. */
  headerOf: (shareId: ShareId) => Awaitable<Bytes | undefined>;
  /** Replaces all that was known of this peer in this swarm. Takes `bitfield` over. */
  announce: (
    peerId: string,
    shareId: ShareId,
    header: VerifiedHeader,
    bitfield: Bytes,
    nowMs: number,
    part?: Part,
  ) => Awaitable<AnnounceOutcome>;
  /** Adds pieces, as ranges with both ends inclusive. All ranges count or none. */
  gain: (
    peerId: string,
    shareId: ShareId,
    ranges: readonly PieceRange[],
    nowMs: number,
  ) => Awaitable<AnnounceOutcome>;
  /** The peers of most use to the asker, who need not be in the swarm; undefined where nobody is. */
  find: (peerId: string, shareId: ShareId) => Awaitable<Found | undefined>;
  /** Everybody in the swarm. */
  peersOf: (shareId: ShareId) => Awaitable<readonly string[]>;
  isInSwarm: (peerId: string, shareId: ShareId) => Awaitable<boolean>;
  leave: (peerId: string, shareId: ShareId) => Awaitable<void>;
  /** Leaves every swarm. */
  forget: (peerId: string) => Awaitable<void>;
  /** Forgets what this peer offers, and what it keeps as a volunteer. */
  withdraw: (peerId: string) => Awaitable<void>;
  /** Forgets a whole swarm. Returns the volunteers that it had. */
  close: (shareId: ShareId) => Awaitable<readonly string[]>;
  /** Drops whoever has not announced for too long. */
  expire: (nowMs: number) => Awaitable<void>;
  counts: () => RegistryCounts;
}
