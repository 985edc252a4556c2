import type { Problem, ShareCard } from '../app/app-state.ts';
import { formatBytes, formatSpeed } from './format.ts';
import { isRunnable, splitName } from './name-parts.ts';
import { TEXTS } from './texts.ts';

/** Nobody has been asked, or who was asked has not answered. */
const KINDS_WITHOUT_HOLDERS: ReadonlySet<ShareCard['status']['kind']> = new Set([
  'looking',
  'failed',
  'waiting-for-tab',
]);

/** What it is: "PDF file", "12.4 MB", "2 peers have it". */
export function computeSummary(card: ShareCard): string[] {
  const { holderCount, seederCount } = card.transfer;
  const summary: string[] = [];
  if (card.fileCount === 1) summary.push(TEXTS.kind(splitName(card.name).extension));
  if (card.fileCount > 1) summary.push(TEXTS.files(card.fileCount));
  // Before the header is there a receiver knows neither count nor size.
  if (card.fileCount > 0) summary.push(formatBytes(card.totalBytes));
  if (card.role === 'receiver' && !KINDS_WITHOUT_HOLDERS.has(card.status.kind)) {
    summary.push(TEXTS.holders(holderCount, seederCount));
  }
  return summary;
}

export interface Figure {
  readonly key: 'amount' | 'down' | 'up' | 'sent' | 'peers' | 'volunteers';
  readonly text: string;
}

/** What moves, while it does: amounts, speeds, peers. */
export function computeFigures(card: ShareCard): Figure[] {
  const { transfer, status } = card;
  const figures: Figure[] = [];
  const add = (key: Figure['key'], text: string): void => {
    figures.push({ key, text });
  };
  const isPartly = card.role === 'receiver' && status.kind !== 'complete';
  if (isPartly && (transfer.heldBytes > 0 || status.kind === 'downloading')) {
    add('amount', TEXTS.bytesOf(formatBytes(transfer.heldBytes), formatBytes(card.totalBytes)));
  }
  if (status.kind === 'downloading') {
    add('down', formatSpeed(transfer.downBytesPerSecond));
  }
  if (transfer.upBytesPerSecond >= 1) add('up', formatSpeed(transfer.upBytesPerSecond));
  if (!isPartly && transfer.sentBytes > 0) add('sent', TEXTS.sent(formatBytes(transfer.sentBytes)));
  // The status of what is shared already names its peers.
  if (status.kind === 'downloading' || status.kind === 'sharing-stored') {
    add('peers', TEXTS.connectedPeers(transfer.connectedPeers));
  }
  if (card.role === 'receiver' && transfer.volunteerCount > 0) {
    add('volunteers', TEXTS.fromVolunteers(transfer.volunteerCount));
  }
  return figures;
}

/** What happens now or what to do, as briefly as can be. Empty when there is nothing to say. */
export function computeHint(card: ShareCard): string {
  const { status, transfer } = card;
  const warning = hasRunnableFile(card) ? TEXTS.hintRunnable : '';
  if (transfer.isDisturbed) return `${warning} ${TEXTS.hintDisturbed}`.trim();
  switch (status.kind) {
    case 'ready':
      if (status.shortage !== undefined) return describe(status.shortage);
      return warning || (transfer.holderCount > 0 ? TEXTS.hintReady : TEXTS.hintWaiting);
    case 'waiting-for-peers':
      return transfer.holderCount > 0 ? TEXTS.hintIncomplete : TEXTS.hintWaiting;
    case 'complete':
      return warning || TEXTS.hintComplete;
    case 'waiting-for-tab':
      return TEXTS.hintWaitingForTab;
    case 'paused':
      return status.problem === undefined ? '' : describe(status.problem);
    case 'failed':
      return status.problem.advice;
    case 'connecting':
    case 'downloading':
    case 'verifying':
      return warning;
    case 'looking':
    case 'sharing':
    case 'sharing-stored':
      return '';
  }
}

function describe({ sentence, advice }: Problem): string {
  return `${sentence} ${advice}`;
}

function hasRunnableFile(card: ShareCard): boolean {
  if (card.role === 'sharer') return false;
  if (card.fileCount === 1) return isRunnable(card.name);
  return card.files?.some((file) => isRunnable(file.path)) ?? false;
}
