import type { ShareCard } from './app-state.ts';

/** Whether closing the tab would end something that a person wants. */
export function needsTab({
  status,
  copies,
  isElsewhere,
}: Pick<ShareCard, 'status' | 'copies' | 'isElsewhere'>): boolean {
  if (isElsewhere === true) return false;
  switch (status.kind) {
    case 'sharing':
    case 'sharing-stored':
      return copies?.mayClose !== true;
    case 'waiting-for-peers':
    case 'connecting':
    case 'downloading':
    case 'verifying':
      return true;
    case 'looking':
    case 'locked':
    case 'ended':
    case 'ready':
    case 'choosing':
    case 'waiting-for-tab':
    case 'complete':
    case 'paused':
    case 'failed':
      return false;
  }
}
