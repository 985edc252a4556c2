import { useEffect, useRef } from 'preact/hooks';
import type { AppState, ShareCard } from '../app/app-state.ts';

/** Calls back once for each share that is made in this tab, and not for those that are only there again. */
export function useMadeShare(
  { made, cards }: Pick<AppState, 'made' | 'cards'>,
  onMade: (card: ShareCard, isLinkCopied: boolean) => void,
): void {
  const toldRef = useRef(made);
  useEffect(() => {
    if (made === toldRef.current) return;
    toldRef.current = made;
    const card = cards.find(({ key }) => key === made?.key);
    if (made !== undefined && card !== undefined) onMade(card, made.isLinkCopied);
  });
}
