import type { AppState, ShareCard } from './app-state.ts';
import type { DownloadEnd } from './download-ends.ts';
import { needsTab } from './needs-tab.ts';

/** What the tab's icon shows. */
export type TabIcon =
  | { readonly kind: 'plain' }
  /** In steps of five, so that it is seldom drawn. */
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: DownloadEnd };

type Cards = Pick<AppState, 'cards'>;

const ICON_STEP_PERCENT = 5;

/** Whether anything goes in or out, or is being saved, so that the device should not fall asleep. */
export function isTransferring({ cards }: Cards): boolean {
  return cards.some(
    ({ status, transfer }) =>
      status.kind === 'downloading' ||
      status.kind === 'verifying' ||
      (status.kind !== 'waiting-for-tab' && transfer.upBytesPerSecond >= 1),
  );
}

/** Whether closing the tab would end something that a person wants. */
export function hasSomethingToLose({ cards }: Cards): boolean {
  return cards.some(needsTab);
}

/** `unseen`: how the last download ended while nobody looked. */
export function computeTabIcon({ cards }: Cards, unseen: DownloadEnd | undefined): TabIcon {
  const moving =
    cards.find(({ status }) => status.kind === 'downloading') ?? cards.find(isInterrupted);
  if (moving !== undefined) {
    const steps = Math.floor(moving.transfer.percent / ICON_STEP_PERCENT);
    return { kind: 'progress', percent: steps * ICON_STEP_PERCENT };
  }
  return { kind: unseen ?? 'plain' };
}

function isInterrupted({ status, transfer }: ShareCard): boolean {
  const isWaiting = status.kind === 'waiting-for-peers' || status.kind === 'connecting';
  return isWaiting && transfer.heldBytes > 0;
}
