import type { JSX } from 'preact';
import type { Gathered } from './gather-files.ts';
import { FilePicker } from './file-picker.tsx';
import { Icon } from './icons.tsx';
import { TEXTS } from './texts.ts';

interface DropZoneProps {
  readonly isSmall: boolean;
  readonly onChosen: (gathered: Gathered) => void;
}

/** Drops are taken by the whole page; this is where the eye looks, and the way in without a pointer. */
export function DropZone({ isSmall, onChosen }: DropZoneProps): JSX.Element {
  return (
    <section class={`drop-zone${isSmall ? ' drop-zone-small' : ''}`} aria-label={TEXTS.dropZone}>
      <Icon name="drop" />
      <p class="drop-title for-mouse">{TEXTS.dropTitle}</p>
      <p class="drop-hint for-mouse">{TEXTS.dropHint}</p>
      <p class="drop-title for-touch">{TEXTS.touchTitle}</p>
      <p class="drop-hint for-touch">{TEXTS.touchHint}</p>
      <div class="drop-buttons">
        <FilePicker label={TEXTS.chooseFiles} kind="files" isCall={!isSmall} onChosen={onChosen} />
        <FilePicker label={TEXTS.chooseFolder} kind="folder" isCall={false} onChosen={onChosen} />
      </div>
    </section>
  );
}
