import type { CardStatus, ShareCard, Transfer } from './app-state.ts';
import { NO_TRANSFER } from './card-transfer.ts';
import { PROBLEMS } from './problems.ts';

/** A card in that state, of a download unless it is said otherwise. */
export function createCard(
  kind: CardStatus['kind'],
  transfer: Partial<Transfer> = {},
  change: Partial<ShareCard> = {},
): ShareCard {
  return {
    key: 'share',
    role: kind === 'sharing' || kind === 'sharing-stored' ? 'sharer' : 'receiver',
    name: 'notes.txt',
    fileCount: 1,
    totalBytes: 100,
    fileId: '1',
    link: 'https://peerify.example/#1',
    status: createStatus(kind),
    files: undefined,
    choice: undefined,
    hasPassword: false,
    end: undefined,
    copies: undefined,
    canPreview: false,
    transfer: { ...NO_TRANSFER, ...transfer },
    ...change,
  };
}

function createStatus(kind: CardStatus['kind']): CardStatus {
  switch (kind) {
    case 'verifying':
      return { kind, percent: 50 };
    case 'complete':
      return { kind, saved: true };
    case 'sharing-stored':
      return { kind, missingBytes: 1, canAllow: false };
    case 'paused':
      return { kind, problem: undefined };
    case 'failed':
      return { kind, problem: PROBLEMS.quotaExceeded };
    case 'locked':
      return { kind, answer: 'none' };
    case 'looking':
    case 'ended':
    case 'ready':
    case 'choosing':
    case 'waiting-for-peers':
    case 'connecting':
    case 'downloading':
    case 'sharing':
    case 'waiting-for-tab':
      return { kind };
  }
}
