import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { CardStatus } from '../app/app-state.ts';
import { PasswordField } from './password-field.tsx';
import { useFocusHandover } from './use-focus-handover.ts';
import { PASSWORD_TEXTS } from './words/guard-texts.ts';

interface UnlockFormProps {
  readonly answer: Extract<CardStatus, { kind: 'locked' }>['answer'];
  readonly onPassword: (password: string) => void;
}

const SENTENCES = {
  none: 'ask',
  checking: 'checking',
  wrong: 'wrong',
  unavailable: 'unavailable',
} as const;

/** Asks for the password of an opened link, again and again. */
export function UnlockForm({ answer, onPassword }: UnlockFormProps): JSX.Element {
  const hintId = useId();
  const inputRef = useRef<HTMLInputElement>(null);
  const formRef = useRef<HTMLFormElement>(null);
  const [password, setPassword] = useState('');
  const isWrong = answer === 'wrong';

  useEffect(() => {
    if (isWrong) inputRef.current?.select();
  }, [isWrong]);

  useFocusHandover(formRef);

  return (
    <form
      class="unlock-form"
      ref={formRef}
      onSubmit={(event) => {
        event.preventDefault();
        if (password === '') inputRef.current?.focus();
        else onPassword(password);
      }}
    >
      <PasswordField
        label={PASSWORD_TEXTS.label}
        inputRef={inputRef}
        value={password}
        isWrong={isWrong}
        describedBy={hintId}
        onInput={setPassword}
      />
      <button type="submit" class="button button-call" aria-disabled={answer === 'checking'}>
        {PASSWORD_TEXTS.unlock}
      </button>
      <p class={isWrong ? 'unlock-wrong' : 'hint'} id={hintId} role="status">
        {PASSWORD_TEXTS[SENTENCES[answer]]}
      </p>
    </form>
  );
}
