import type { CardStatus } from './app-state.ts';

export interface MirroredFacts {
  /** What the tab says that takes care of the share; undefined before it has said anything. */
  readonly seen: CardStatus | undefined;
  /** That tab does not answer. */
  readonly isSilent: boolean;
  /** Of what this tab saves. */
  readonly savingPercent: number | undefined;
  /** It is being asked whether something that is to be saved is there. */
  readonly isPreparing: boolean;
  /** Undefined where it was never this tab's part to save it. */
  readonly isSavedHere: boolean | undefined;
}

/** How a share stands in a tab that another one fetches for: as that one says, but for what is saved here. */
export function computeMirroredStatus(facts: MirroredFacts): CardStatus {
  const { seen, isSavedHere } = facts;
  if (facts.isSilent) return { kind: 'waiting-for-tab' };
  if (seen === undefined) return { kind: 'connecting' };
  const isComplete = isCompleteThere(seen);
  const percent = facts.savingPercent ?? (facts.isPreparing && isComplete ? 0 : undefined);
  if (percent !== undefined) return { kind: 'verifying', percent };
  if (isSavedHere !== undefined && isComplete) {
    const complete = { saved: isSavedHere };
    return seen.kind === 'paused' ? { ...seen, complete } : { kind: 'complete', ...complete };
  }
  return seen;
}

/** Whether all that is wanted is in this browser, and can be saved. */
export function isCompleteThere(seen: CardStatus | undefined): boolean {
  if (seen?.kind === 'paused') return seen.complete !== undefined;
  return seen?.kind === 'complete' || seen?.kind === 'verifying' || seen?.kind === 'sharing';
}
