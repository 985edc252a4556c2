import { useEffect, useRef } from 'preact/hooks';
import type { ShareCard } from '../app/app-state.ts';

/** Calls back for each card that was not there when last drawn, and not for those of the first time. */
export function useNewCard(
  cards: readonly ShareCard[],
  onNewCard: (card: ShareCard) => void,
): void {
  const knownKeysRef = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    const knownKeys = knownKeysRef.current;
    knownKeysRef.current = new Set(cards.map((card) => card.key));
    if (knownKeys === undefined) return;
    for (const card of cards) {
      if (!knownKeys.has(card.key)) onNewCard(card);
    }
  });
}
