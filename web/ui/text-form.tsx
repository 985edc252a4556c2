import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Gathered } from './gather-files.ts';
import { gatherFromText } from './gather-files.ts';
import { WRITE_TEXTS } from './words/link-texts.ts';

interface TextFormProps {
  readonly onChosen: (gathered: Gathered) => void;
  readonly onClose: () => void;
}

/** A text or a link, typed or pasted, to be shared like a file. */
export function TextForm({ onChosen, onClose }: TextFormProps): JSX.Element {
  const id = useId();
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  useEffect(() => fieldRef.current?.focus(), []);

  const shareText = (): void => {
    const files = gatherFromText(fieldRef.current?.value ?? '');
    if (files.length === 0) {
      fieldRef.current?.focus();
      return;
    }
    onChosen({ files, unreadableCount: 0, handles: undefined });
    onClose();
  };

  return (
    <form
      class="text-form"
      onSubmit={(event) => {
        event.preventDefault();
        shareText();
      }}
    >
      <label for={id}>{WRITE_TEXTS.label}</label>
      <textarea
        ref={fieldRef}
        id={id}
        rows={5}
        dir="auto"
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) shareText();
        }}
      />
      <div class="card-buttons">
        <button type="submit" class="button button-call">
          {WRITE_TEXTS.share}
        </button>
        <button type="button" class="button button-quiet" onClick={onClose}>
          {WRITE_TEXTS.close}
        </button>
      </div>
    </form>
  );
}
