import type { SwarmSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { CardStatus, Problem } from './app-state.ts';

/** Where a share is in its life in this tab. */
export type Phase =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  /** For the sharer; a receiver goes on with what it has. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'paused'; readonly problem: Problem | undefined }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface StatusFacts {
  readonly phase: Phase;
  readonly role: 'sharer' | 'receiver';
  readonly snapshot: SwarmSnapshot | undefined;
  /** Percent saved, while saving. */
  readonly savingPercent: number | undefined;
  readonly isSaved: boolean;
  /** The file list alone was asked for, to choose from. */
  readonly isChoosing: boolean;
  /** While it is paused: all that is wanted is stored. */
  readonly restsComplete: boolean;
  /** The sharer has ended the share. */
  readonly isOver: boolean;
}

export function computeCardStatus(facts: StatusFacts): CardStatus {
  const { phase, role, snapshot, savingPercent, isSaved, isChoosing } = facts;
  if (phase.kind === 'failed' || phase.kind === 'ended') return phase;
  const isPaused = phase.kind === 'paused';
  const mayBeComplete = isPaused ? facts.restsComplete : snapshot?.isComplete !== false;
  // One file may be saved while the others are still to come.
  if (savingPercent !== undefined && mayBeComplete && !isChoosing) {
    return { kind: 'verifying', percent: savingPercent };
  }
  if (isPaused) {
    const isComplete = role === 'receiver' && facts.restsComplete && !isChoosing;
    return isComplete ? { ...phase, complete: { saved: isSaved } } : phase;
  }
  if (role === 'sharer') {
    const missingBytes = snapshot === undefined ? 0 : snapshot.streamLength - snapshot.heldBytes;
    return missingBytes === 0
      ? { kind: 'sharing' }
      : { kind: 'sharing-stored', missingBytes, canAllow: false };
  }
  if (snapshot === undefined) return { kind: 'connecting' };
  if (snapshot.isComplete && isChoosing) return { kind: 'choosing' };
  if (snapshot.isComplete) return { kind: 'complete', saved: isSaved };
  // Nobody new comes, and nobody who is connected can give the rest.
  if (facts.isOver && snapshot.peers.length === 0) return { kind: 'ended' };
  return computeDownloadStatus(snapshot);
}

function computeDownloadStatus(snapshot: SwarmSnapshot): CardStatus {
  const isMoving = snapshot.peers.some((peer) => peer.outstandingBytes > 0 && !peer.isSnubbed);
  if (isMoving || snapshot.downBytesPerSecond > 0) return { kind: 'downloading' };
  // Once a dial has led nowhere it stays with the other: further ones come and go, and each change would be read out.
  const isFirstAttempt = snapshot.isConnecting && snapshot.failedDials === 0;
  if (snapshot.peers.length === 0 && isFirstAttempt) return { kind: 'connecting' };
  return { kind: 'waiting-for-peers' };
}
