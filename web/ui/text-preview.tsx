import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { AppActions, PreviewContent } from '../app/app-state.ts';
import { Icon } from './icons.tsx';
import { PREVIEW_TEXTS } from './words/preview-texts.ts';

interface TextPreviewProps {
  readonly content: Extract<PreviewContent, { readonly kind: 'text' }>;
  readonly name: string;
  readonly copy: AppActions['copy'];
  readonly announce: (sentence: string) => void;
}

/** A stranger's text as it is written. An address stands there in full, and is followed only by a person's own press. */
export function TextPreview({ content, name, copy, announce }: TextPreviewProps): JSX.Element {
  const textRef = useRef<HTMLPreElement>(null);
  const { text, isWhole, link } = content;

  const copyText = async (): Promise<void> => {
    const isCopied = await copy(text);
    if (!isCopied && textRef.current !== null) getSelection()?.selectAllChildren(textRef.current);
    announce(isCopied ? PREVIEW_TEXTS.textCopied : PREVIEW_TEXTS.textSelected);
  };

  return (
    <>
      <pre
        class="preview-text"
        ref={textRef}
        dir="auto"
        // It scrolls, so the keyboard must be able to reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={name}
      >
        {text}
      </pre>
      {link !== undefined && (
        <p class="preview-link">
          <a href={link} target="_blank" rel="noopener noreferrer" dir="ltr">
            {link}
          </a>
          <span class="hint">{PREVIEW_TEXTS.linkHint}</span>
        </p>
      )}
      {isWhole ? (
        <button type="button" class="button" onClick={() => void copyText()}>
          <Icon name="copy" /> {PREVIEW_TEXTS.copyText}
        </button>
      ) : (
        <p class="hint">{PREVIEW_TEXTS.cut}</p>
      )}
    </>
  );
}
