import type { JSX, Ref } from 'preact';
import { useId, useState } from 'preact/hooks';
import { PASSWORD_TEXTS } from './words/guard-texts.ts';

interface PasswordFieldProps {
  readonly label: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly value: string;
  readonly isWrong?: boolean;
  /** The ID of what says more about it. */
  readonly describedBy?: string;
  readonly onInput: (password: string) => void;
}

const SHOWN = { type: 'text' } as const;
const HIDDEN = { type: 'password' } as const;

/** A password that can be looked at. It is one share's and not the site's: browsers are asked not to keep it. */
export function PasswordField(props: PasswordFieldProps): JSX.Element {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <div class="password-field">
      <label for={id}>{props.label}</label>
      <div class="field-row">
        <input
          ref={props.inputRef ?? null}
          id={id}
          {...(isShown ? SHOWN : HIDDEN)}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          dir="auto"
          value={props.value}
          aria-invalid={props.isWrong === true}
          aria-describedby={props.describedBy}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="button"
          aria-label={PASSWORD_TEXTS.showPassword}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {PASSWORD_TEXTS.show}
        </button>
      </div>
    </div>
  );
}
