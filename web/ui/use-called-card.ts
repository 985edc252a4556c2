import type { Ref } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OpenedCard } from '../app/app-state.ts';

interface CalledCardOptions {
  readonly unfold: (key: string) => void;
  /** It is in view, and has the focus. */
  readonly onFocused: (key: string) => void;
}

/** Brings a card into view, once for each call, and takes the keyboard's focus there if the call says so. */
export function useCalledCard(
  called: OpenedCard | undefined,
  options: CalledCardOptions,
): Ref<HTMLDivElement> {
  const cardRef = useRef<HTMLDivElement>(null);
  const optionsRef = useRef(options);
  useEffect(() => {
    optionsRef.current = options;
  });
  const [reached, setReached] = useState<OpenedCard>();
  useEffect(() => {
    if (called === undefined) return;
    if (!called.isNew) optionsRef.current.unfold(called.key);
    // Only what is drawn whole by then can be gone to.
    setReached(called);
  }, [called]);
  useEffect(() => {
    cardRef.current?.scrollIntoView({ block: 'nearest' });
    const card = cardRef.current?.querySelector('article');
    if (reached?.takesFocus !== true || !card) return;
    focusOnce(card);
    optionsRef.current.onFocused(reached.key);
  }, [reached]);
  return cardRef;
}

/** A card is nothing to be pressed: it takes the focus to be read, this time. */
function focusOnce(card: HTMLElement): void {
  card.tabIndex = -1;
  card.addEventListener('blur', () => card.removeAttribute('tabindex'), { once: true });
  card.focus({ preventScroll: true });
}
