import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { CARD_TEXTS } from './words/card-texts.ts';

const ANSWER_SHOWN_MS = 2500;

interface CopyFieldProps {
  readonly label: string;
  /** Something to say beside the label. */
  readonly note: string | undefined;
  readonly buttonLabel: string;
  readonly value: string;
  readonly isCall: boolean;
  readonly copy: (text: string) => Promise<boolean>;
  readonly announce: (sentence: string) => void;
}

/** A read-only value with its copy button. Where copying is refused, the value is selected instead. */
export function CopyField(props: CopyFieldProps): JSX.Element {
  const id = useId();
  const inputRef = useRef<HTMLInputElement>(null);
  const [answer, setAnswer] = useState<'none' | 'copied' | 'refused'>('none');

  useEffect(() => {
    if (answer === 'none') return undefined;
    const timer = setTimeout(() => setAnswer('none'), ANSWER_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [answer]);

  const copyValue = async (): Promise<void> => {
    const isCopied = await props.copy(props.value);
    setAnswer(isCopied ? 'copied' : 'refused');
    if (isCopied) {
      props.announce(CARD_TEXTS.copiedAnnouncement({ what: props.label }));
    } else {
      inputRef.current?.focus();
      inputRef.current?.select();
      props.announce(CARD_TEXTS.copyRefusedAnnouncement({ what: props.label }));
    }
  };

  return (
    <div class="copy-field">
      <div class="copy-label">
        <label for={id}>{props.label}</label>
        {props.note !== undefined && (
          <span class="copy-note">
            <Icon name="check" /> {props.note}
          </span>
        )}
      </div>
      <div class="field-row">
        <input
          ref={inputRef}
          id={id}
          type="text"
          dir="ltr"
          readOnly
          spellcheck={false}
          value={props.value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          class={`button swap${props.isCall ? ' button-call' : ''}`}
          data-answer={answer}
          onClick={() => void copyValue()}
        >
          <span class="swap-words">
            <Icon name="copy" /> {props.buttonLabel}
          </span>
          <span class="swap-answer" aria-hidden="true">
            {answer === 'refused' ? (
              CARD_TEXTS.copyRefused
            ) : (
              <>
                <Icon name="check" /> {CARD_TEXTS.copied}
              </>
            )}
          </span>
        </button>
      </div>
    </div>
  );
}
