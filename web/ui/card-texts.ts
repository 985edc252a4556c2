import type { ShareCard } from '../app/app-state.ts';
import { findComplete } from './card-controls.ts';
import { formatBytes, formatSpeed } from './format.ts';
import { isRunnable, splitName } from './name-parts.ts';
import { CARD_TEXTS } from './words/card-texts.ts';
import { END_TEXTS, PASSWORD_TEXTS } from './words/guard-texts.ts';
import { describeProblem, tellProblem } from './words/problem-texts.ts';
import { joinSentences } from './words/sentences.ts';
import { FILES_TEXTS } from './words/files-texts.ts';

/** Nobody has been asked, or who was asked has not answered. */
const KINDS_WITHOUT_HOLDERS: ReadonlySet<ShareCard['status']['kind']> = new Set([
  'looking',
  'failed',
  'ended',
  'waiting-for-tab',
]);

/** What it is: "PDF file", "12.4 MB", "2 peers have it". */
export function computeSummary(card: ShareCard, storedBytes = 0): string[] {
  const { holderCount, seederCount } = card.transfer;
  const summary: string[] = [];
  if (card.fileCount === 1) summary.push(tellKind(card.name));
  if (card.fileCount > 1) summary.push(CARD_TEXTS.files(card.fileCount));
  // Before the header is there a receiver knows neither count nor size.
  if (card.fileCount > 0) summary.push(formatBytes(card.totalBytes));
  if (card.hasPassword) summary.push(PASSWORD_TEXTS.protected);
  const isOver = card.end?.isOver === true;
  if (card.role === 'receiver' && !isOver && !KINDS_WITHOUT_HOLDERS.has(card.status.kind)) {
    summary.push(tellHolders(holderCount, seederCount));
  }
  if (card.role === 'sharer' && card.downloads !== undefined) {
    const { count, limit } = card.downloads;
    summary.push(END_TEXTS.counted(limit, { done: count }));
  }
  // Of a download under way that is what it says already.
  const isPlain = card.role === 'receiver' && card.status.kind !== 'complete';
  if (storedBytes > 0 && !isPlain) {
    summary.push(CARD_TEXTS.stored({ amount: formatBytes(storedBytes) }));
  }
  return summary;
}

function tellKind(name: string): string {
  const { extension } = splitName(name);
  return extension === ''
    ? CARD_TEXTS.kindUnknown
    : CARD_TEXTS.kind({ extension: extension.toUpperCase() });
}

function tellHolders(holderCount: number, seederCount: number): string {
  if (holderCount === 0) return CARD_TEXTS.heldByNobody;
  return seederCount > 0 ? CARD_TEXTS.heldBy(holderCount) : CARD_TEXTS.partlyHeldBy(holderCount);
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
    add(
      'amount',
      CARD_TEXTS.bytesOf({
        held: formatBytes(transfer.heldBytes),
        total: formatBytes(transfer.goalBytes),
      }),
    );
  }
  if (status.kind === 'downloading') {
    add('down', formatSpeed(transfer.downBytesPerSecond));
  }
  if (transfer.upBytesPerSecond >= 1) add('up', formatSpeed(transfer.upBytesPerSecond));
  if (!isPartly && transfer.sentBytes > 0)
    add('sent', CARD_TEXTS.sent({ amount: formatBytes(transfer.sentBytes) }));
  // The status of what is shared already names its peers.
  if (status.kind === 'downloading' || status.kind === 'sharing-stored') {
    add('peers', CARD_TEXTS.connectedPeers(transfer.connectedPeers));
  }
  if (card.role === 'receiver' && transfer.volunteerCount > 0) {
    add('volunteers', CARD_TEXTS.fromVolunteers(transfer.volunteerCount));
  }
  return figures;
}

/** What happens now or what to do, as briefly as can be. Empty when there is nothing to say. */
export function computeHint(card: ShareCard, isRelayOnly = false): string {
  const { status, transfer } = card;
  const warning = hasRunnableFile(card) ? CARD_TEXTS.hintRunnable : '';
  if (transfer.isDisturbed) return joinSentences(warning, CARD_TEXTS.hintDisturbed);
  switch (status.kind) {
    case 'ready':
      if (status.shortage !== undefined) return tellProblem(status.shortage);
      if (warning !== '') return warning;
      return transfer.holderCount > 0 ? CARD_TEXTS.hintReady : CARD_TEXTS.hintReadyWaiting;
    case 'ended':
      return card.role === 'sharer' ? END_TEXTS.sharer : END_TEXTS.incomplete;
    case 'waiting-for-peers':
      return tellWaiting(transfer, isRelayOnly);
    case 'complete':
      if (card.end?.isOver === true) return `${warning} ${END_TEXTS.complete}`.trim();
      if (warning !== '') return warning;
      return card.choice?.isPart === true ? FILES_TEXTS.hintComplete : CARD_TEXTS.hintComplete;
    case 'waiting-for-tab':
      return CARD_TEXTS.hintWaitingForTab;
    case 'paused':
      if (status.problem !== undefined) return tellProblem(status.problem);
      return isSharedFrom(card) ? CARD_TEXTS.hintPaused : '';
    case 'failed':
      return describeProblem(status.problem).advice;
    case 'choosing':
      return warning;
    case 'connecting':
      return transfer.isUnreachable ? tellUnreachable(isRelayOnly) : warning;
    case 'downloading':
    case 'verifying':
      return card.end?.isOver === true ? END_TEXTS.goingOn : warning;
    case 'looking':
    case 'locked':
    case 'sharing':
    case 'sharing-stored':
      return '';
  }
}

function tellWaiting(
  { holderCount, seederCount, isUnreachable }: ShareCard['transfer'],
  isRelayOnly: boolean,
): string {
  if (holderCount === 0) return CARD_TEXTS.hintWaiting;
  if (isUnreachable) return tellUnreachable(isRelayOnly);
  return seederCount > 0 ? CARD_TEXTS.hintUnanswered : CARD_TEXTS.hintIncomplete;
}

function tellUnreachable(isRelayOnly: boolean): string {
  return isRelayOnly ? CARD_TEXTS.hintUnreachableRelayed : CARD_TEXTS.hintUnreachable;
}

/** Whether others could get all of it here, if it were not paused. */
function isSharedFrom({ role, status, isGuest }: ShareCard): boolean {
  return role === 'sharer' || isGuest === true || findComplete(status) !== undefined;
}

function hasRunnableFile(card: ShareCard): boolean {
  if (card.role === 'sharer') return false;
  if (card.fileCount === 1) return isRunnable(card.name);
  return card.files?.some((file) => isRunnable(file.path)) ?? false;
}
