import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { CardDownloads, CardEnd, EndChoice } from '../app/app-state.ts';
import { LIMIT_CHOICES } from '../app/card-end.ts';
import { describeLimits } from './describe-limits.ts';
import { formatUntil } from './end-texts.ts';
import { LossQuestion } from './loss-question.tsx';
import { useFocusHandover } from './use-focus-handover.ts';
import { currentLanguage } from './words/catalogue.ts';
import { END_TEXTS } from './words/guard-texts.ts';
import { LIMIT_TEXTS } from './words/limit-texts.ts';
import { writeNumber } from './words/numbers.ts';
import { joinSentences } from './words/sentences.ts';

interface EndPanelProps {
  readonly end: CardEnd | undefined;
  readonly downloads: CardDownloads | undefined;
  readonly onEnd: (choice: EndChoice) => void;
}

const CHOICES = ['never', 'hour', 'day', 'week'] as const;
/** Stands for the time that was chosen before. */
const CHOSEN = 'chosen';

/** When the sharer's share ends, and what that means. */
export function EndPanel({ end, downloads, onEnd }: EndPanelProps): JSX.Element {
  const selectId = useId();
  const hintId = useId();
  const nowRef = useRef<HTMLButtonElement>(null);
  const [isAsking, setAsking] = useState(false);
  const panelRef = useRef<HTMLDetailsElement>(null);
  useFocusHandover(panelRef);
  return (
    <details class="share-end" ref={panelRef}>
      <summary>{describeLimits(end, downloads)}</summary>
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
        <LimitField downloads={downloads} onEnd={onEnd} hintId={isAsking ? undefined : hintId} />
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
          {downloads === undefined
            ? END_TEXTS.meaning
            : joinSentences(END_TEXTS.meaning, LIMIT_TEXTS.meaning)}
        </p>
      )}
    </details>
  );
}

interface LimitFieldProps extends Pick<EndPanelProps, 'downloads' | 'onEnd'> {
  readonly hintId: string | undefined;
}

/** After how many downloads the share ends. */
function LimitField({ downloads, onEnd, hintId }: LimitFieldProps): JSX.Element {
  const selectId = useId();
  return (
    <div class="field">
      <label for={selectId}>{LIMIT_TEXTS.label}</label>
      <select
        id={selectId}
        aria-describedby={hintId}
        value={downloads?.limit ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onEnd({ downloads: LIMIT_CHOICES.find((limit) => String(limit) === value) });
        }}
      >
        <option value="">{LIMIT_TEXTS.any}</option>
        {LIMIT_CHOICES.map((limit) => (
          <option key={limit} value={limit}>
            {writeNumber(currentLanguage(), limit)}
          </option>
        ))}
      </select>
    </div>
  );
}
