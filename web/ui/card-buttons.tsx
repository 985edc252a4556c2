import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AppActions, ShareCard } from '../app/app-state.ts';
import { computeMainControl, computeRemovalLoss } from './card-controls.ts';
import { TEXTS } from './texts.ts';

interface CardButtonsProps {
  readonly card: ShareCard;
  readonly actions: AppActions;
  /** Where the keyboard's focus goes when the card, and its button with it, is gone. */
  readonly onRemoved: () => void;
}

/** The one main button and Remove, which asks once more when something would be lost. */
export function CardButtons({ card, actions, onRemoved }: CardButtonsProps): JSX.Element {
  const [isAsking, setAsking] = useState(false);
  const removeRef = useRef<HTMLButtonElement>(null);
  const main = computeMainControl(card);
  const loss = computeRemovalLoss(card);

  const removeCard = (): void => {
    onRemoved();
    actions.forget(card.key);
  };

  if (isAsking && loss !== undefined) {
    return (
      <RemovalQuestion
        loss={loss}
        onRemove={removeCard}
        onKeep={() => {
          setAsking(false);
          requestAnimationFrame(() => removeRef.current?.focus());
        }}
      />
    );
  }
  return (
    <div class="card-buttons">
      {main !== undefined && (
        <button
          type="button"
          key="main"
          class={`button${main.isCall ? ' button-call' : ''}`}
          onClick={(event) => {
            // The second press of a double click would meet the button that has just taken its place.
            if (event.detail <= 1) actions[main.action](card.key);
          }}
        >
          {main.label}
        </button>
      )}
      <button
        type="button"
        key="remove"
        ref={removeRef}
        class="button button-quiet"
        onClick={() => (loss === undefined ? removeCard() : setAsking(true))}
      >
        {TEXTS.remove}
      </button>
    </div>
  );
}

interface RemovalQuestionProps {
  readonly loss: string;
  readonly onRemove: () => void;
  readonly onKeep: () => void;
}

function RemovalQuestion({ loss, onRemove, onKeep }: RemovalQuestionProps): JSX.Element {
  const keepRef = useRef<HTMLButtonElement>(null);
  useEffect(() => keepRef.current?.focus(), []);
  return (
    <fieldset class="removal">
      <legend>{loss}</legend>
      <div class="card-buttons">
        <button type="button" class="button button-danger" onClick={onRemove}>
          {TEXTS.removeNow}
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
          {TEXTS.keep}
        </button>
      </div>
    </fieldset>
  );
}
