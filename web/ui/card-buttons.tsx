import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AppActions, FilePreview, ShareCard } from '../app/app-state.ts';
import { computeControls, computeRemovalLoss, findComplete } from './card-controls.ts';
import { PreviewButton } from './lazy-preview.tsx';
import { LossQuestion } from './loss-question.tsx';
import { CARD_TEXTS } from './words/card-texts.ts';
import { FILES_TEXTS } from './words/files-texts.ts';

interface CardButtonsProps {
  readonly card: ShareCard;
  readonly actions: AppActions;
  /** Where the keyboard's focus goes when the card, and its button with it, is gone. */
  readonly onRemoved: () => void;
  readonly preview: FilePreview | undefined;
}

/** What can be done with the card, and Remove, which asks once more when something would be lost. */
export function CardButtons(props: CardButtonsProps): JSX.Element {
  const { card, actions, onRemoved, preview } = props;
  const [isAsking, setAsking] = useState(false);
  const removeRef = useRef<HTMLButtonElement>(null);
  const loss = computeRemovalLoss(card);
  const hasLoss = loss !== undefined;
  // With what it asked about the question has gone, and does not come back by itself.
  useEffect(() => {
    if (!hasLoss) setAsking(false);
  }, [hasLoss]);
  const isComplete = findComplete(card.status) !== undefined;

  const removeCard = (): void => {
    onRemoved();
    actions.forget(card.key);
  };

  if (isAsking && hasLoss) {
    return (
      <LossQuestion
        question={loss}
        confirmLabel={CARD_TEXTS.removeNow}
        keepLabel={CARD_TEXTS.keep}
        onConfirm={removeCard}
        onKeep={() => {
          setAsking(false);
          requestAnimationFrame(() => removeRef.current?.focus());
        }}
      />
    );
  }
  return (
    <div class="card-buttons">
      {computeControls(card).map(({ place, tone, label, action }) => (
        <button
          type="button"
          key={place}
          class={tone === 'plain' ? 'button' : `button button-${tone}`}
          onClick={(event) => {
            // The second press of a double click would meet the button that has just taken its place.
            if (event.detail <= 1) actions[action](card.key);
          }}
        >
          {label}
        </button>
      ))}
      {card.canPreview && card.fileCount === 1 && (
        <PreviewButton
          cardKey={card.key}
          fileNumber={0}
          name={card.name}
          isRow={false}
          preview={preview}
          actions={actions}
        />
      )}
      {card.status.kind === 'ready' && card.fileCount > 1 && (
        <button type="button" class="button" onClick={() => actions.chooseFiles(card.key)}>
          {FILES_TEXTS.choose}
        </button>
      )}
      {isComplete && <PlaceButtons card={card} saveTo={actions.saveTo} />}
      <button
        type="button"
        key="remove"
        ref={removeRef}
        class="button button-quiet"
        onClick={() => (hasLoss ? setAsking(true) : removeCard())}
      >
        {CARD_TEXTS.remove}
      </button>
    </div>
  );
}

interface PlaceButtonsProps extends Pick<AppActions, 'saveTo'> {
  readonly card: ShareCard;
}

/** Where else it can be saved. */
function PlaceButtons({ card, saveTo }: PlaceButtonsProps): JSX.Element {
  const { key, places = [], fileCount } = card;
  return (
    <>
      {places.includes('file') && (
        <button type="button" class="button" onClick={() => saveTo(key, 'file')}>
          {FILES_TEXTS.saveAs}
        </button>
      )}
      {places.includes('folder') && fileCount > 1 && (
        <button type="button" class="button" onClick={() => saveTo(key, 'folder')}>
          {FILES_TEXTS.saveIntoFolder}
        </button>
      )}
    </>
  );
}
