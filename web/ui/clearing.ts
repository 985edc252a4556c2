import type { AppState, ShareCard } from '../app/app-state.ts';
import { isFinished } from '../app/is-finished.ts';
import { formatBytes } from './format.ts';
import { nameCard } from './name-card.ts';
import { TEXTS } from './texts.ts';
import { SPACE_TEXTS } from './words/space-texts.ts';

/** Of what is only one line among others so many are named. What is under way is named to the last. */
const NAMED_AT_MOST = 10;

/** What clearing everything would lose, a line for each kind. */
export function computeClearingLosses(
  state: Pick<AppState, 'cards' | 'space' | 'volunteering'>,
): string[] {
  const { cards, space, volunteering } = state;
  const losses: string[] = [];
  const add = (say: (values: { names: string }) => string, names: readonly string[]): void => {
    if (names.length > 0) losses.push(say({ names: listNames(names, names.length) }));
  };
  const namesOf = (isOfKind: (card: ShareCard) => boolean): readonly string[] =>
    cards.filter(isOfKind).map(nameCard);
  add(
    SPACE_TEXTS.own,
    namesOf(({ role }) => role === 'sharer'),
  );
  add(SPACE_TEXTS.underWay, namesOf(isUnderWay));
  add(
    SPACE_TEXTS.unsaved,
    namesOf((card) => isComplete(card) && !isFinished(card)),
  );
  const saved = namesOf(isFinished);
  if (saved.length > 0) {
    losses.push(SPACE_TEXTS.saved({ names: listNames(saved, NAMED_AT_MOST) }));
  }
  add(
    SPACE_TEXTS.others,
    (space?.elsewhere ?? []).map((name) => name || TEXTS.unnamed),
  );
  const heldBytes = volunteering?.heldBytes ?? 0;
  if (heldBytes > 0) losses.push(SPACE_TEXTS.volunteered({ amount: formatBytes(heldBytes) }));
  return losses;
}

function isComplete({ role, status }: ShareCard): boolean {
  return role === 'receiver' && (status.kind === 'complete' || status.kind === 'verifying');
}

/** Whatever else a receiver has: also a link that was only opened goes. */
function isUnderWay(card: ShareCard): boolean {
  return card.role === 'receiver' && !isComplete(card);
}

function listNames(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ');
  const hidden = names.length - most;
  return hidden > 0 ? SPACE_TEXTS.more(hidden, { names: shown }) : shown;
}
