import type { ShareCard } from './app-state.ts';

/** A download of which nothing is left to do: its file is saved. */
export function isFinished({ role, status }: Pick<ShareCard, 'role' | 'status'>): boolean {
  return role === 'receiver' && status.kind === 'complete' && status.saved;
}
