import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ShareCard } from '../app/app-state.ts';
import { formatBytes } from './format.ts';
import { Icon } from './icons.tsx';
import { nameCard } from './name-card.ts';
import { shortenMiddle } from './name-parts.ts';
import { computeStatusLine } from './status-line.ts';
import { SPACE_TEXTS } from './words/space-texts.ts';

interface FoldedCardProps {
  readonly card: ShareCard;
  /** It was folded just now, and the keyboard's focus was in it. */
  readonly hasFocus: boolean;
  readonly onOpen: () => void;
}

/** A card as one row: what it is and how it stands. */
export function FoldedCard({ card, hasFocus, onOpen }: FoldedCardProps): JSX.Element {
  const name = nameCard(card);
  const { state, detail, tone } = computeStatusLine(card);
  const buttonRef = useFocus(hasFocus);
  return (
    <article class="card card-folded" aria-label={name} data-key={card.key}>
      <button type="button" aria-expanded={false} ref={buttonRef} onClick={onOpen}>
        <Icon name={card.fileCount > 1 ? 'files' : 'file'} />
        <span class="folded-name">
          <bdi>{shortenMiddle(name)}</bdi>
        </span>
        <span class="folded-size">{formatBytes(card.totalBytes)}</span>
        <span class="folded-state" data-tone={tone}>
          <span class="status-state">
            {state} {detail}
          </span>
        </span>
        <Icon name="open" />
      </button>
    </article>
  );
}

interface FoldButtonProps {
  /** Its row was pressed just now. */
  readonly hasFocus: boolean;
  readonly onFold: () => void;
}

/** Folds an opened row again. */
export function FoldButton({ hasFocus, onFold }: FoldButtonProps): JSX.Element {
  const buttonRef = useFocus(hasFocus);
  return (
    <button
      type="button"
      class="button button-quiet fold-button"
      aria-expanded={true}
      ref={buttonRef}
      onClick={onFold}
    >
      {SPACE_TEXTS.less}
    </button>
  );
}

function useFocus(hasFocus: boolean) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (hasFocus) ref.current?.focus();
  }, [hasFocus]);
  return ref;
}
