import type { Bytes } from '../share/bytes.ts';
import type { Membership } from './membership.ts';
import type { SessionFailure } from './peer-session.ts';
import type { Clock } from './ports/clock.ts';
import type { PieceStore, StoreError } from './ports/piece-store.ts';
import type {
  FindResult,
  PeerId,
  PieceRanges,
  SwarmRole,
  TrackerClient,
} from './ports/tracker-client.ts';
import type { Transport } from './ports/transport.ts';

export interface RunnerOptions {
  readonly membership: Membership;
  /** Whether a member made the share. */
  readonly isSharer: boolean;
  /** What a member wants to begin with; everything by default. */
  readonly wanted?: PieceRanges | undefined;
  /** This browser's name in this share, so that two of its tabs count as one holder. */
  readonly holderId?: string;
  /** The sharer's signed word on how many copies it asks for, to be told to the tracker. */
  readonly target?: Bytes;
  /** The sharer's signature under its word that a peer did not show what it claims. */
  readonly signDistrust?: (peerId: PeerId) => Promise<Bytes>;
  /** Gives nothing that it has not verified. */
  readonly store: PieceStore;
  readonly tracker: Pick<TrackerClient, 'join'>;
  readonly transport: Transport;
  readonly clock: Clock;
  /** 32 random bits. */
  readonly seed: number;
  readonly events: RunnerEvents;
}

export interface RunnerEvents {
  /** Every wanted piece is held and verified: told again where more was wanted meanwhile. */
  readonly onComplete: () => void;
  /** The store failed: the runner has stopped, and can be started anew when the cause is gone. */
  readonly onStoreFailure: (error: StoreError) => void;
  /** The tracker's answer about this share, each time it was asked. */
  readonly onFound?: (result: FindResult) => void;
  /** The tracker would not book us for this share; it is asked again. */
  readonly onAnnounceRefused?: (code: string, end: Bytes | undefined) => void;
  /** The tracker says that the sharer has said when the share ends. Nobody has verified it. */
  readonly onEnd?: (end: Bytes) => void;
  /** A peer could not prove that it has the link. */
  readonly onSessionFailure?: (failure: SessionFailure) => void;
}

/** Without the link a volunteer; else a member, and the one that made the share its sharer. */
export function computeRole({ membership, isSharer }: RunnerOptions): SwarmRole {
  if (membership.role === 'volunteer') return 'volunteer';
  return isSharer ? 'sharer' : 'member';
}
