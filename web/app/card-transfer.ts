import type { FindResult } from '../../shared/swarm/ports/tracker-client.ts';
import type { RunnerSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { Transfer } from './app-state.ts';

/** One may be a mishap. So many in a row are worth a word (A7). */
const MANY_FAILED_PROOFS = 3;
/** One may have been a peer that had just left. */
const MANY_FAILED_DIALS = 2;

export const NO_TRANSFER: Transfer = {
  goalBytes: 0,
  heldBytes: 0,
  percent: 0,
  downBytesPerSecond: 0,
  upBytesPerSecond: 0,
  secondsLeft: undefined,
  sentBytes: 0,
  connectedPeers: 0,
  holderCount: 0,
  seederCount: 0,
  volunteerCount: 0,
  isDisturbed: false,
  isUnreachable: false,
};

/** Who else holds the share, as the tracker last said. */
export interface SwarmCounts {
  readonly holderCount: number;
  readonly seederCount: number;
  readonly volunteerCount: number;
}

export const NO_COUNTS: SwarmCounts = { holderCount: 0, seederCount: 0, volunteerCount: 0 };

export function countHolders(found: Extract<FindResult, { kind: 'found' }>): SwarmCounts {
  const { holderCount, seederCount, volunteerHolderCount } = found;
  return { holderCount, seederCount, volunteerCount: volunteerHolderCount };
}

/** What a running swarm looks like to a person: bytes of the wanted files instead of bytes of the stream. */
export function computeTransfer(
  snapshot: RunnerSnapshot,
  goalBytes: number,
  counts: SwarmCounts,
): Transfer {
  const { heldWantedBytes, wantedBytes, downBytesPerSecond } = snapshot;
  const portion = heldWantedBytes / wantedBytes;
  const isMoving = !snapshot.isComplete && downBytesPerSecond > 0;
  const connectedHolders = snapshot.peers.filter((peer) => peer.heldPieces > 0).length;
  const connectedVolunteers = snapshot.peers.filter(
    ({ role, heldPieces }) => role === 'volunteer' && heldPieces > 0,
  ).length;
  const connectedSeeders = snapshot.peers.filter((peer) => peer.isSeeder).length;
  return {
    goalBytes,
    heldBytes: Math.floor(portion * goalBytes),
    percent: Math.floor(portion * 100),
    downBytesPerSecond,
    upBytesPerSecond: snapshot.upBytesPerSecond,
    secondsLeft: isMoving ? (wantedBytes - heldWantedBytes) / downBytesPerSecond : undefined,
    sentBytes: snapshot.sentBytes,
    connectedPeers: snapshot.peers.length,
    // What peers say themselves is newer than what the tracker said.
    holderCount: Math.max(counts.holderCount, connectedHolders),
    // A sharer may close its tab on the strength of this: then only those that are seen count.
    seederCount: snapshot.isSeeder
      ? connectedSeeders
      : Math.max(counts.seederCount, connectedSeeders),
    volunteerCount: Math.max(counts.volunteerCount, connectedVolunteers),
    isDisturbed: snapshot.failedProofs >= MANY_FAILED_PROOFS,
    isUnreachable: snapshot.peers.length === 0 && snapshot.failedDials >= MANY_FAILED_DIALS,
  };
}
