import type { JSX } from 'preact';
import type { AppActions, FilePreview } from '../app/app-state.ts';
import { findPreviewKind } from '../app/preview-kinds.ts';
import { PREVIEW_TEXTS } from './words/preview-texts.ts';

export interface PreviewButtonProps {
  readonly cardKey: string;
  readonly fileNumber: number;
  readonly name: string;
  /** One of several files: the button then says which. */
  readonly isRow: boolean;
  readonly preview: FilePreview | undefined;
  readonly actions: Pick<AppActions, 'openPreview' | 'closePreview'>;
}

/** Opens and closes the look at one file, where the page can show it. */
export function PreviewButton(props: PreviewButtonProps): JSX.Element | null {
  const { cardKey, fileNumber, name, isRow, preview, actions } = props;
  const kind = findPreviewKind(name);
  if (kind === undefined) return null;
  const isOpen = preview?.key === cardKey && preview.fileNumber === fileNumber;
  const isPlayed = kind === 'video' || kind === 'audio';
  const nameOne = isPlayed ? PREVIEW_TEXTS.playFile : PREVIEW_TEXTS.lookAtFile;
  return (
    <button
      type="button"
      class={`button${isRow ? ' button-small' : ''}`}
      aria-label={isRow ? nameOne({ name }) : undefined}
      aria-expanded={isOpen}
      onClick={() => (isOpen ? actions.closePreview() : actions.openPreview(cardKey, fileNumber))}
    >
      {isPlayed ? PREVIEW_TEXTS.play : PREVIEW_TEXTS.look}
    </button>
  );
}
