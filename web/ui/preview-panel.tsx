import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AppActions, FilePreview, PreviewContent } from '../app/app-state.ts';
import { MediaPreview } from './media-preview.tsx';
import { PreviewWait } from './preview-wait.tsx';
import { TextPreview } from './text-preview.tsx';
import { PREVIEW_TEXTS } from './words/preview-texts.ts';

export interface PreviewPanelProps {
  readonly preview: FilePreview;
  readonly name: string;
  /** Whether the share has other files, so that it must be said which one this is. */
  readonly isOneOfSeveral: boolean;
  /** Whether what is missing of it does not come at the moment because a person has paused the share. */
  readonly isPaused: boolean;
  readonly actions: Pick<AppActions, 'closePreview' | 'copy'>;
  readonly announce: (sentence: string) => void;
}

/** One file of a card, looked at before it is saved. It takes the keyboard's focus, and gives it back when it is closed. */
export function PreviewPanel(props: PreviewPanelProps): JSX.Element {
  const { preview, name, isOneOfSeveral, isPaused, actions, announce } = props;
  const panelRef = useRef<HTMLElement>(null);
  const openerRef = useRef<Element | null>(null);
  useEffect(() => {
    const panel = panelRef.current;
    openerRef.current = document.activeElement;
    panel?.focus({ preventScroll: true });
    panel?.scrollIntoView({ block: 'nearest' });
  }, []);

  const close = (): void => {
    actions.closePreview();
    if (openerRef.current instanceof HTMLElement) openerRef.current.focus();
  };

  return (
    <section
      class="preview"
      ref={panelRef}
      tabIndex={-1}
      aria-label={PREVIEW_TEXTS.title({ name })}
    >
      <div class="preview-head">
        {isOneOfSeveral && (
          <h3>
            <bdi>{name.split('/').map(showFolderOrFile)}</bdi>
          </h3>
        )}
        <button type="button" class="button button-quiet button-small" onClick={close}>
          {PREVIEW_TEXTS.close}
        </button>
      </div>
      <Content content={preview.content} copy={actions.copy} {...{ name, isPaused, announce }} />
    </section>
  );
}

/** A line may break between a path's folders. */
function showFolderOrFile(part: string, place: number): JSX.Element {
  return (
    <>
      {place > 0 && '/'}
      {place > 0 && <wbr />}
      {part}
    </>
  );
}

interface ContentProps extends Pick<PreviewPanelProps, 'name' | 'isPaused' | 'announce'> {
  readonly content: PreviewContent;
  readonly copy: AppActions['copy'];
}

function Content({ content, name, isPaused, copy, announce }: ContentProps): JSX.Element {
  switch (content.kind) {
    case 'waiting':
      return <PreviewWait isPaused={isPaused} />;
    case 'video':
    case 'audio':
    case 'image':
      return <MediaPreview key={content.address} {...{ content, name, isPaused }} />;
    case 'text':
      return <TextPreview content={content} name={name} copy={copy} announce={announce} />;
    case 'refused':
      return (
        <p class="hint" role="alert">
          {describeRefusal(content.reason)}
        </p>
      );
  }
}

function describeRefusal(reason: Extract<PreviewContent, { kind: 'refused' }>['reason']): string {
  switch (reason) {
    case 'not-text':
      return PREVIEW_TEXTS.notText;
    case 'too-large':
      return PREVIEW_TEXTS.tooLarge;
    case 'save-first':
      return PREVIEW_TEXTS.saveFirst;
    case 'unreadable':
      return PREVIEW_TEXTS.unreadable;
  }
}
