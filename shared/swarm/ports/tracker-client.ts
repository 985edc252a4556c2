import type { Bytes } from '../../share/bytes.ts';
import type { ShareId } from '../../share/share-id.ts';
import type { IceServer } from './transport.ts';

/** Named by the tracker, new for every connection to it: 22 characters of base64url. */
export type PeerId = string;

export interface Welcome {
  readonly peerId: PeerId;
  readonly iceServers: readonly IceServer[];
  readonly announceIntervalMs: number;
}

export interface FoundPeer {
  readonly peerId: PeerId;
  /** The tracker's word, a hint for dialling only: ceil(pieceCount / 8) bytes. */
  readonly bitfield: Bytes;
}

export type FindResult =
  | {
      readonly kind: 'found';
      readonly header: Bytes;
      readonly peers: readonly FoundPeer[];
      /** Other peers of the swarm that hold every piece, and that hold any piece. */
      readonly seederCount: number;
      readonly holderCount: number;
    }
  | { readonly kind: 'unknown-share' }
  | { readonly kind: 'unavailable' };

export type AnnounceResult =
  | { readonly kind: 'announced' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unavailable' };

export interface TrackerEvents {
  /** Now or as soon as connected, and again after every reconnection: announce everything anew. */
  onWelcome: (welcome: Welcome) => void;
  onDown: () => void;
  onSignal: (from: PeerId, sealed: Bytes) => void;
}

/** One swarm's line to the tracker. Nothing here throws or rejects. */
export interface TrackerSession {
  /** Says who we are in this swarm: the whole bitfield, most significant bit first. */
  announce: (header: Bytes, bitfield: Bytes) => Promise<AnnounceResult>;
  /** Says which pieces were gained since, as [first, last] ranges, both inclusive. */
  announceGained: (ranges: readonly (readonly [number, number])[]) => Promise<AnnounceResult>;
  /** Works without having announced; then only `header` and the counts are of use. */
  find: () => Promise<FindResult>;
  /** Fire and forget: a signal to a peer that has left is lost. */
  signal: (to: PeerId, sealed: Bytes) => void;
  /** Forgets our holdings in this swarm and stops the events. */
  leave: () => void;
}

export interface TrackerClient {
  /** No event comes before this has returned. */
  join: (shareId: ShareId, events: TrackerEvents) => TrackerSession;
}
