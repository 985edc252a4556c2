import { useEffect, useRef, useState } from 'preact/hooks';
import type { AppActions, AppState } from '../app/app-state.ts';
import { listenToWholePage } from './whole-page-intake.ts';

export interface IntakeState {
  readonly isDragging: boolean;
  /** What the last drop held and the browser would not read. */
  readonly unreadableCount: number;
  readonly dismissUnreadable: () => void;
}

/** Shares what is dropped or pasted anywhere; on a card that asks for its files again, gives it those. */
export function useWholePageIntake(state: AppState, actions: AppActions): IntakeState {
  const [isDragging, setDragging] = useState(false);
  const [unreadableCount, setUnreadableCount] = useState(0);
  const isSupported = state.environment.kind === 'ready';
  const cardsRef = useRef(state.cards);
  useEffect(() => {
    cardsRef.current = state.cards;
  }, [state.cards]);

  useEffect(() => {
    if (!isSupported) return undefined;
    return listenToWholePage(window, {
      onDragging: setDragging,
      onUnreadable: setUnreadableCount,
      onLink: actions.open,
      onFiles: (files, handles, cardKey) => {
        const card = cardsRef.current.find(({ key }) => key === cardKey);
        if (card?.status.kind === 'sharing-stored') actions.chooseAgain(card.key, files);
        else actions.share(files, handles.length > 0 ? handles : undefined);
      },
    });
  }, [isSupported, actions]);

  return { isDragging, unreadableCount, dismissUnreadable: () => setUnreadableCount(0) };
}
