import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';

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
  | 'tracker-full';

export interface Found {
  readonly header: Bytes;
  /** Other peers that hold every piece, and that hold any piece. */
  readonly seederCount: number;
  readonly holderCount: number;
  readonly peers: readonly { readonly peerId: string; readonly bitfield: Bytes }[];
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
  ) => Awaitable<AnnounceOutcome>;
  /** Adds pieces, as ranges with both ends inclusive. All ranges count or none. */
  gain: (
    peerId: string,
    shareId: ShareId,
    ranges: readonly (readonly [number, number])[],
    nowMs: number,
  ) => Awaitable<AnnounceOutcome>;
  /** The peers of most use to the asker, who need not be in the swarm; undefined where nobody is. */
  find: (peerId: string, shareId: ShareId) => Awaitable<Found | undefined>;
  isInSwarm: (peerId: string, shareId: ShareId) => Awaitable<boolean>;
  leave: (peerId: string, shareId: ShareId) => Awaitable<void>;
  /** Leaves every swarm. */
  forget: (peerId: string) => Awaitable<void>;
  /** Drops whoever has not announced for too long. */
  expire: (nowMs: number) => Awaitable<void>;
  counts: () => RegistryCounts;
}
