import type { ShareCard } from '../app/app-state.ts';
import { isFinished } from '../app/is-finished.ts';

/** Up to so many every card is shown whole. */
const SHOWN_WHOLE = 5;

/** The cards that are a row each, until they are opened: of many, those that ask nothing of anybody. Newest first. */
export function findFoldable(
  cards: readonly Pick<ShareCard, 'key' | 'role' | 'status'>[],
): ReadonlySet<string> {
  if (cards.length <= SHOWN_WHOLE) return new Set();
  const [, ...older] = cards;
  return new Set(older.filter(asksNothing).map(({ key }) => key));
}

function asksNothing(card: Pick<ShareCard, 'role' | 'status'>): boolean {
  return card.status.kind === 'sharing' || isFinished(card);
}
