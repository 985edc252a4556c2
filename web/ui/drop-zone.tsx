import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Gathered } from './gather-files.ts';
import { FilePicker } from './file-picker.tsx';
import { Icon } from './icons.tsx';
import { lazyView } from './lazy-view.tsx';
import { TEXTS } from './texts.ts';

const TextForm = lazyView(async () => (await import('./text-form.tsx')).TextForm);

interface DropZoneProps {
  readonly isSmall: boolean;
  readonly onChosen: (gathered: Gathered) => void;
}

/** Drops are taken by the whole page; this is where the eye looks, and the way in without a pointer. */
export function DropZone({ isSmall, onChosen }: DropZoneProps): JSX.Element {
  const [isWriting, setWriting] = useState(false);
  const textRef = useRef<HTMLButtonElement>(null);
  return (
    <section class="intake" aria-label={TEXTS.dropZone}>
      <div class={`drop-zone${isSmall ? ' drop-zone-small' : ''}`}>
        <Icon name="drop" />
        <p class="drop-title for-mouse">{TEXTS.dropTitle}</p>
        <p class="drop-hint for-mouse">{TEXTS.dropHint}</p>
        <p class="drop-title for-touch">{TEXTS.touchTitle}</p>
        <p class="drop-hint for-touch">{TEXTS.touchHint}</p>
        <div class="drop-buttons">
          <FilePicker
            label={TEXTS.chooseFiles}
            kind="files"
            isCall={!isSmall}
            onChosen={onChosen}
          />
          <FilePicker label={TEXTS.chooseFolder} kind="folder" isCall={false} onChosen={onChosen} />
          <button
            type="button"
            class="button"
            ref={textRef}
            aria-expanded={isWriting}
            onClick={() => setWriting(!isWriting)}
          >
            {TEXTS.writeText}
          </button>
        </div>
      </div>
      {isWriting && (
        <TextForm
          onChosen={onChosen}
          onClose={() => {
            setWriting(false);
            textRef.current?.focus();
          }}
        />
      )}
    </section>
  );
}
