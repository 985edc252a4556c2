import type { Bytes } from '../../share/bytes.ts';
import type { PieceRange } from '../../share/piece-ranges.ts';
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
  readonly isVolunteer: boolean;
}

export type FindResult =
  | {
      readonly kind: 'found';
      readonly header: Bytes;
      readonly peers: readonly FoundPeer[];
      /** Other peers of the swarm that hold every piece, and that hold any piece. */
      readonly seederCount: number;
      readonly holderCount: number;
      /** Other volunteers that hold any piece; they are among `holderCount`. */
      readonly volunteerHolderCount: number;
      /** The sharer's word on when the share ends, as the tracker has it: 76 bytes, not verified. */
      readonly end?: Bytes | undefined;
    }
  /** Its sharer has ended it, as the tracker says; `end` is the proof. */
  | { readonly kind: 'ended'; readonly end?: Bytes | undefined }
  | { readonly kind: 'unknown-share' }
  | { readonly kind: 'unavailable' };

export type AnnounceResult =
  | { readonly kind: 'announced' }
  | { readonly kind: 'refused'; readonly code: string; readonly end?: Bytes | undefined }
  | { readonly kind: 'unavailable' };

export type SwarmRole = 'member' | 'sharer' | 'volunteer';

/** Who we are in a swarm and what we hold of it. */
export interface Announcement {
  readonly header: Bytes;
  /** The whole bitfield, most significant bit first. */
  readonly bitfield: Bytes;
  readonly role: SwarmRole;
  /** This browser's name in this share: 22 characters of base64url. */
  readonly holderId?: string;
  /** The sharer's signed word on how many copies it asks for: 69 bytes. */
  readonly target?: Bytes;
}

/** Pieces as [first, last] ranges, both inclusive. */
export type PieceRanges = readonly PieceRange[];

export interface TrackerEvents {
  /** Now or as soon as connected, and again after every reconnection: announce everything anew. */
  onWelcome: (welcome: Welcome) => void;
  onDown: () => void;
  onSignal: (from: PeerId, sealed: Bytes) => void;
  /** The tracker's word that the sharer has said when the share ends: 76 bytes, not verified. */
  onEnd?: (end: Bytes) => void;
}

/** One swarm's line to the tracker. Nothing here throws or rejects. */
export interface TrackerSession {
  announce: (announcement: Announcement) => Promise<AnnounceResult>;
  /** Says which pieces were gained since. */
  announceGained: (ranges: PieceRanges) => Promise<AnnounceResult>;
  /** Works without having announced; then only `header` and the counts are of use. */
  find: () => Promise<FindResult>;
  /**
   * The TURN servers that a connection made now may use; none where the tracker has or gives none. A promise where it has
   * to be asked first.
   */
  relays: () => readonly IceServer[] | Promise<readonly IceServer[]>;
  /** Fire and forget: a signal to a peer that has left is lost. */
  signal: (to: PeerId, sealed: Bytes) => void;
  /** Fire and forget: a peer could not show what it claims to hold. The sharer signs what it says, 64 bytes. */
  distrust: (peerId: PeerId, signature: Bytes | undefined) => void;
  /** Forgets our holdings in this swarm and stops the events. */
  leave: () => void;
}

/** What the tracker asks a volunteer to fetch and keep, beside what it asked for before. */
export interface ReplicationOrder {
  readonly shareId: ShareId;
  /** The tracker's word: neither header nor target have been checked against the share ID. */
  readonly header: Bytes;
  readonly target: Bytes;
  readonly pieces: PieceRanges;
  /** From now. */
  readonly deadlineMs: number;
}

export interface VolunteerEvents {
  /** Now or as soon as connected, and again after every reconnection: offer room anew. */
  onWelcome: () => void;
  onDown: () => void;
  onReplicate: (order: ReplicationOrder) => void;
  /** Nobody asks for copies of this share any more. */
  onRelease: (shareId: ShareId) => void;
}

export interface Drop {
  readonly shareId: ShareId;
  readonly pieces: PieceRanges;
}

/** A volunteer's line to the tracker, beside the sessions of the swarms that it helps. Nothing here throws or rejects. */
export interface VolunteerLine {
  /** Says how much more may be kept and what is kept already, in bytes of sealed pieces; false where it was not booked. */
  offer: (freeBytes: number, heldBytes: number) => Promise<boolean>;
  /** Which pieces to drop to free so much; they are forgotten when the answer comes. Undefined where none came. */
  unload: (bytes: number) => Promise<readonly Drop[] | undefined>;
  /** Of this share nothing will be kept. Fire and forget. */
  decline: (shareId: ShareId) => void;
  /** Keeps nothing any more and stops the events. */
  withdraw: () => void;
}

export interface TrackerClient {
  /** No event comes before this has returned. */
  join: (shareId: ShareId, events: TrackerEvents) => TrackerSession;
  /** One at a time. No event comes before this has returned. */
  volunteer: (events: VolunteerEvents) => VolunteerLine;
  /**
   * Tells the tracker when the share ends, in the sharer's signed words, now or as soon as connected and again after every
   * reconnection: it has to know also where nobody is in the swarm any more. The last word on a share counts.
   */
  tellEnd: (shareId: ShareId, header: Bytes, end: Bytes) => void;
  /** The share was removed: its end is told no more once a tracker has heard it. */
  forgetEnd: (shareId: ShareId) => void;
}
