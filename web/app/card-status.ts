import type { SwarmSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { CardStatus, Problem } from './app-state.ts';

/** Where a share is in its life in this tab. */
export type Phase =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused'; readonly problem: Problem | undefined }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface StatusFacts {
  readonly phase: Phase;
  readonly role: 'sharer' | 'receiver';
  readonly snapshot: SwarmSnapshot | undefined;
  /** Percent saved, while saving. */
  readonly savingPercent: number | undefined;
  readonly isSaved: boolean;
}

export function computeCardStatus(facts: StatusFacts): CardStatus {
  const { phase, role, snapshot, savingPercent, isSaved } = facts;
  if (phase.kind === 'paused' || phase.kind === 'failed') return phase;
  if (savingPercent !== undefined) return { kind: 'verifying', percent: savingPercent };
  if (role === 'sharer') {
    const missingBytes = snapshot === undefined ? 0 : snapshot.streamLength - snapshot.heldBytes;
    return missingBytes === 0
      ? { kind: 'sharing' }
      : { kind: 'sharing-stored', missingBytes, canAllow: false };
  }
  if (snapshot === undefined) return { kind: 'connecting' };
  if (snapshot.isComplete) return { kind: 'complete', saved: isSaved };
  return computeDownloadStatus(snapshot);
}

function computeDownloadStatus(snapshot: SwarmSnapshot): CardStatus {
  const isMoving = snapshot.peers.some((peer) => peer.outstandingBytes > 0 && !peer.isSnubbed);
  if (isMoving || snapshot.downBytesPerSecond > 0) return { kind: 'downloading' };
  if (snapshot.peers.length === 0 && snapshot.dialingCount > 0) return { kind: 'connecting' };
  return { kind: 'waiting-for-peers' };
}
