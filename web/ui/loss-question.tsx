import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface LossQuestionProps {
  readonly question: string;
  readonly confirmLabel: string;
  readonly keepLabel: string;
  readonly onConfirm: () => void;
  readonly onKeep: () => void;
  /** What would be lost, where the question does not say it. */
  readonly children?: ComponentChildren;
}

/** Asks before something is lost. The focus is on what loses nothing, and Escape is the same. */
export function LossQuestion(props: LossQuestionProps): JSX.Element {
  const { question, confirmLabel, keepLabel, onConfirm, onKeep, children } = props;
  const keepRef = useRef<HTMLButtonElement>(null);
  useEffect(() => keepRef.current?.focus(), []);
  return (
    <fieldset class="removal">
      <legend>{question}</legend>
      {children}
      <div class="card-buttons">
        <button type="button" class="button button-danger" onClick={onConfirm}>
          {confirmLabel}
        </button>
        <button
          type="button"
          class="button"
          ref={keepRef}
          onClick={onKeep}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onKeep();
          }}
        >
          {keepLabel}
        </button>
      </div>
    </fieldset>
  );
}
