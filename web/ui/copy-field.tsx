import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { TEXTS } from './texts.ts';

const ANSWER_SHOWN_MS = 2500;

interface CopyFieldProps {
  readonly label: string;
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
      props.announce(TEXTS.copiedAnnouncement(props.label));
    } else {
      inputRef.current?.focus();
      inputRef.current?.select();
      props.announce(TEXTS.copyRefusedAnnouncement(props.label));
    }
  };

  return (
    <div class="copy-field">
      <label for={id}>{props.label}</label>
      <div class="field-row">
        <input
          ref={inputRef}
          id={id}
          type="text"
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
              TEXTS.copyRefused
            ) : (
              <>
                <Icon name="check" /> {TEXTS.copied}
              </>
            )}
          </span>
        </button>
      </div>
    </div>
  );
}
