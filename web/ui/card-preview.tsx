import type { JSX } from 'preact';
import type { AppActions, FilePreview, ShareCard } from '../app/app-state.ts';
import { computeFileState } from './file-state.ts';
import { PreviewPanel } from './lazy-preview.tsx';

interface CardPreviewProps {
  readonly card: ShareCard;
  readonly preview: FilePreview | undefined;
  readonly actions: Pick<AppActions, 'closePreview' | 'copy'>;
  readonly announce: (sentence: string) => void;
}

/** What is looked at of a card, if anything is. */
export function CardPreview(props: CardPreviewProps): JSX.Element | null {
  const { card, preview, actions, announce } = props;
  if (preview === undefined) return null;
  return (
    <PreviewPanel
      key={preview.fileNumber}
      preview={preview}
      name={card.files?.[preview.fileNumber]?.path ?? card.name}
      isOneOfSeveral={card.fileCount > 1}
      isPaused={isPausedFor(card, preview.fileNumber)}
      actions={actions}
      announce={announce}
    />
  );
}

/** Nothing more of that file comes until a person presses Resume. */
function isPausedFor({ status, choice, transfer }: ShareCard, file: number): boolean {
  const isComplete = transfer.percent === 100;
  return status.kind === 'paused' && computeFileState(choice, file, isComplete) !== 'here';
}
