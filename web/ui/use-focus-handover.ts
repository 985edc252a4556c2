import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Whoever was in a part of a card that goes away, as the keyboard has it, goes on with the card's first button. */
export function useFocusHandover(partRef: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const part = partRef.current;
    const card = part?.closest('article');
    return () => {
      if (part?.contains(document.activeElement) !== true) return;
      requestAnimationFrame(() =>
        card?.querySelector<HTMLElement>('.card-buttons .button')?.focus(),
      );
    };
  }, [partRef]);
}
