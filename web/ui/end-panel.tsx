import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { CardEnd, EndChoice } from '../app/app-state.ts';
import { describeEnd, formatUntil } from './end-texts.ts';
import { LossQuestion } from './loss-question.tsx';
import { useFocusHandover } from './use-focus-handover.ts';
import { END_TEXTS } from './words/guard-texts.ts';

interface EndPanelProps {
  readonly end: CardEnd | undefined;
  readonly onEnd: (choice: EndChoice) => void;
}

const CHOICES = ['never', 'hour', 'day', 'week'] as const;
/** Stands for the time that was chosen before. */
const CHOSEN = 'chosen';

/** When the sharer's share ends, and what that means. */
export function EndPanel({ end, onEnd }: EndPanelProps): JSX.Element {
  const selectId = useId();
  const hintId = useId();
  const nowRef = useRef<HTMLButtonElement>(null);
  const [isAsking, setAsking] = useState(false);
  const panelRef = useRef<HTMLDetailsElement>(null);
  useFocusHandover(panelRef);
  return (
    <details class="share-end" ref={panelRef}>
      <summary>{describeEnd(end)}</summary>
      <div class="share-end-fields">
        <div class="field">
          <label for={selectId}>{END_TEXTS.label}</label>
          <select
            id={selectId}
            aria-describedby={isAsking ? undefined : hintId}
            value={end === undefined ? 'never' : CHOSEN}
            onChange={(event) => {
              const choice = CHOICES.find((one) => one === event.currentTarget.value);
              if (choice !== undefined) onEnd(choice);
            }}
          >
            {end !== undefined && <option value={CHOSEN}>{formatUntil(end.secondsLeft)}</option>}
            {CHOICES.map((choice) => (
              <option key={choice} value={choice}>
                {END_TEXTS[choice]}
              </option>
            ))}
          </select>
        </div>
        {!isAsking && (
          <button type="button" class="button" ref={nowRef} onClick={() => setAsking(true)}>
            {END_TEXTS.now}
          </button>
        )}
      </div>
      {isAsking ? (
        <LossQuestion
          question={END_TEXTS.ask}
          confirmLabel={END_TEXTS.confirm}
          keepLabel={END_TEXTS.keep}
          onConfirm={() => onEnd('now')}
          onKeep={() => {
            setAsking(false);
            requestAnimationFrame(() => nowRef.current?.focus());
          }}
        />
      ) : (
        <p class="hint" id={hintId}>
          {END_TEXTS.meaning}
        </p>
      )}
    </details>
  );
}
