import type { AppActions, ShareCard } from '../app/app-state.ts';
import { CARD_TEXTS } from './words/card-texts.ts';

export interface MainControl {
  readonly label: string;
  readonly action: Extract<keyof AppActions, 'download' | 'pause' | 'resume' | 'save'>;
  /** Whether it is the one thing to do now. */
  readonly isCall: boolean;
}

/** The card's one main button, if there is anything to press. */
export function computeMainControl(card: Pick<ShareCard, 'status'>): MainControl | undefined {
  switch (card.status.kind) {
    case 'ready':
      return { label: CARD_TEXTS.download, action: 'download', isCall: true };
    case 'waiting-for-peers':
    case 'connecting':
    case 'downloading':
      return { label: CARD_TEXTS.pause, action: 'pause', isCall: false };
    case 'paused':
      return { label: CARD_TEXTS.resume, action: 'resume', isCall: true };
    case 'complete':
      return card.status.saved
        ? { label: CARD_TEXTS.saveAgain, action: 'save', isCall: false }
        : { label: CARD_TEXTS.save, action: 'save', isCall: true };
    case 'looking':
    case 'choosing':
    case 'locked':
    case 'ended':
    case 'verifying':
    case 'sharing':
    case 'sharing-stored':
    case 'waiting-for-tab':
    case 'failed':
      return undefined;
  }
}

/** Whether a download is under way, or waits to be. */
export function isDownloading({ role, status }: Pick<ShareCard, 'role' | 'status'>): boolean {
  if (role === 'sharer') return false;
  return ['waiting-for-peers', 'connecting', 'downloading'].includes(status.kind);
}

/** What removing the card would lose, as the question before it is done; undefined when nothing. */
export function computeRemovalLoss(
  card: Pick<ShareCard, 'status' | 'role' | 'transfer' | 'copies'>,
): string | undefined {
  if (card.status.kind === 'failed' && card.transfer.heldBytes === 0) return undefined;
  if (card.role === 'sharer') {
    // Its link lets nobody in any more, and the files are still the sharer's own.
    if (card.status.kind === 'ended') return undefined;
    return card.copies?.mayClose === true ? CARD_TEXTS.removeCopied : CARD_TEXTS.removeSharer;
  }
  if (card.status.kind === 'complete')
    return card.status.saved ? undefined : CARD_TEXTS.removeUnsaved;
  return card.transfer.heldBytes > 0 ? CARD_TEXTS.removePart : undefined;
}

/** Nobody is let in by the link of a share that has ended or failed. */
export function isLinkOfUse({ status, end }: Pick<ShareCard, 'status' | 'end'>): boolean {
  return status.kind !== 'ended' && status.kind !== 'failed' && end?.isOver !== true;
}
