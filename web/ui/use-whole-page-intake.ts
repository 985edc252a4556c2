import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { AppActions, AppState, FollowReading } from '../app/app-state.ts';
import type { Gathered } from './gather-files.ts';
import { listenToWholePage } from './whole-page-intake.ts';

export interface IntakeState {
  readonly isDragging: boolean;
  /** What was dropped or chosen last and the browser would not read. */
  readonly unreadableCount: number;
  readonly take: (gathered: Gathered, cardKey?: string) => void;
  readonly dismissUnreadable: () => void;
}

/** Shares what is dropped, pasted or chosen; on a card that asks for its files again, gives it those. */
export function useWholePageIntake(
  state: AppState,
  actions: AppActions,
  follow: FollowReading,
): IntakeState {
  const [isDragging, setDragging] = useState(false);
  const [unreadableCount, setUnreadableCount] = useState(0);
  const isSupported = state.environment.kind === 'ready';
  const cardsRef = useRef(state.cards);
  useEffect(() => {
    cardsRef.current = state.cards;
  }, [state.cards]);

  const take = useCallback(
    ({ files, handles, unreadableCount }: Gathered, cardKey?: string): void => {
      if (unreadableCount > 0) setUnreadableCount(unreadableCount);
      if (files.length === 0 && unreadableCount > 0) return;
      const card = cardsRef.current.find(({ key }) => key === cardKey);
      if (card?.status.kind === 'sharing-stored') actions.chooseAgain(card.key, files, handles);
      else actions.share(files, handles);
    },
    [actions],
  );

  useEffect(() => {
    if (!isSupported) return undefined;
    return listenToWholePage(window, {
      onDragging: setDragging,
      onLink: actions.open,
      onFiles: take,
      follow,
    });
  }, [isSupported, actions, take, follow]);

  return { isDragging, unreadableCount, take, dismissUnreadable: () => setUnreadableCount(0) };
}
