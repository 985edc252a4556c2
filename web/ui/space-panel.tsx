import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { AppActions, AppState, SpaceState } from '../app/app-state.ts';
import { isFinished } from '../app/is-finished.ts';
import { computeClearingLosses } from './clearing.ts';
import { formatBytes } from './format.ts';
import { LossQuestion } from './loss-question.tsx';
import { SPACE_TEXTS } from './words/space-texts.ts';

interface SpacePanelProps {
  readonly state: Pick<AppState, 'cards' | 'volunteering'> & { readonly space: SpaceState };
  readonly actions: Pick<AppActions, 'clearFinished' | 'clearAll'>;
  readonly announce: (sentence: string) => void;
  /** Where the keyboard's focus goes when there is nothing left. */
  readonly onCleared: () => void;
}

/** One line on the space that is used, and the ways to have it back. */
export function SpacePanel({ state, actions, announce, onCleared }: SpacePanelProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const clearRef = useRef<HTMLButtonElement>(null);
  const { usedBytes, quotaBytes } = state.space;
  const used = formatBytes(usedBytes);

  if (isAsking) {
    return (
      <div class="clearing">
        <LossQuestion
          question={SPACE_TEXTS.question}
          confirmLabel={SPACE_TEXTS.clearNow}
          keepLabel={SPACE_TEXTS.keep}
          onConfirm={() => {
            setAsking(false);
            announce(SPACE_TEXTS.cleared);
            actions.clearAll();
            onCleared();
          }}
          onKeep={() => {
            setAsking(false);
            requestAnimationFrame(() => clearRef.current?.focus());
          }}
        >
          <ul>
            {computeClearingLosses(state).map((loss) => (
              <li key={loss}>{loss}</li>
            ))}
          </ul>
        </LossQuestion>
      </div>
    );
  }
  return (
    <section class="space" aria-label={SPACE_TEXTS.title}>
      <p class="hint">{SPACE_TEXTS.used({ used, quota: formatBytes(quotaBytes) })}</p>
      <div class="space-buttons">
        {state.cards.some(isFinished) && (
          <button
            type="button"
            class="button button-quiet"
            onClick={() => {
              announce(SPACE_TEXTS.clearedFinished);
              actions.clearFinished();
              onCleared();
            }}
          >
            {SPACE_TEXTS.clearFinished}
          </button>
        )}
        <button
          type="button"
          class="button button-quiet"
          ref={clearRef}
          onClick={() => setAsking(true)}
        >
          {SPACE_TEXTS.clearAll}
        </button>
      </div>
    </section>
  );
}
