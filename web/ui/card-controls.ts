import type { AppActions, CardStatus, ShareCard } from '../app/app-state.ts';
import { CARD_TEXTS } from './words/card-texts.ts';

export interface Control {
  /** Its place: what stands there next is another button for a person who sees it, and the same for the keyboard. */
  readonly place: 'save' | 'run';
  readonly label: string;
  readonly action: Extract<keyof AppActions, 'download' | 'pause' | 'resume' | 'save'>;
  /** `call`: the one thing to do now. `quiet`: it can be done, and nobody has to. */
  readonly tone: 'call' | 'plain' | 'quiet';
}

/** The card's buttons for having it and for letting others have it, in their order. */
export function computeControls(card: Pick<ShareCard, 'status' | 'isGuest'>): readonly Control[] {
  const { status } = card;
  switch (status.kind) {
    case 'ready':
      return [{ place: 'run', label: CARD_TEXTS.download, action: 'download', tone: 'call' }];
    case 'waiting-for-peers':
    case 'connecting':
    case 'downloading':
      return [pauseIn('plain')];
    case 'paused': {
      const { complete } = status;
      const tone = complete?.saved === false ? 'plain' : 'call';
      const resume: Control = { place: 'run', label: CARD_TEXTS.resume, action: 'resume', tone };
      return complete === undefined ? [resume] : [saveOf(complete), resume];
    }
    case 'complete':
      return card.isGuest === true ? [saveOf(status)] : [saveOf(status), pauseIn('quiet')];
    case 'sharing':
    case 'sharing-stored':
      return card.isGuest === true ? [] : [pauseIn('quiet')];
    case 'looking':
    case 'choosing':
    case 'locked':
    case 'ended':
    case 'verifying':
    case 'waiting-for-tab':
    case 'failed':
      return [];
  }
}

function pauseIn(tone: Control['tone']): Control {
  return { place: 'run', label: CARD_TEXTS.pause, action: 'pause', tone };
}

function saveOf({ saved }: { readonly saved: boolean }): Control {
  return saved
    ? { place: 'save', label: CARD_TEXTS.saveAgain, action: 'save', tone: 'plain' }
    : { place: 'save', label: CARD_TEXTS.save, action: 'save', tone: 'call' };
}

/** Whether a download is under way, or waits to be. */
export function isDownloading({ role, status }: Pick<ShareCard, 'role' | 'status'>): boolean {
  if (role === 'sharer') return false;
  return ['waiting-for-peers', 'connecting', 'downloading'].includes(status.kind);
}

/** What removing the card would lose, as the question before it is done; undefined when nothing. */
export function computeRemovalLoss(
  card: Pick<ShareCard, 'status' | 'role' | 'transfer' | 'copies' | 'isGuest'>,
): string | undefined {
  if (card.isGuest === true) return undefined;
  if (card.status.kind === 'failed' && card.transfer.heldBytes === 0) return undefined;
  if (card.role === 'sharer') {
    // Its link lets nobody in any more, and the files are still the sharer's own.
    if (card.status.kind === 'ended') return undefined;
    return card.copies?.mayClose === true ? CARD_TEXTS.removeCopied : CARD_TEXTS.removeSharer;
  }
  const complete = findComplete(card.status);
  if (complete !== undefined) return complete.saved ? undefined : CARD_TEXTS.removeUnsaved;
  return card.transfer.heldBytes > 0 ? CARD_TEXTS.removePart : undefined;
}

/** Nobody is let in by the link of a share that has ended or failed. */
export function isLinkOfUse({ status, end }: Pick<ShareCard, 'status' | 'end'>): boolean {
  return status.kind !== 'ended' && status.kind !== 'failed' && end?.isOver !== true;
}

/** Whether all that is wanted is here, paused or not, and what came of it. */
export function findComplete(status: CardStatus): { readonly saved: boolean } | undefined {
  return status.kind === 'paused'
    ? status.complete
    : status.kind === 'complete'
      ? status
      : undefined;
}
