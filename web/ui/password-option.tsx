import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { PasswordField } from './password-field.tsx';
import { PASSWORD_TEXTS } from './words/guard-texts.ts';

interface PasswordOptionProps {
  readonly password: string;
  readonly onPassword: (password: string) => void;
}

/** What is shared next gets this password. */
export function PasswordOption({ password, onPassword }: PasswordOptionProps): JSX.Element {
  const hintId = useId();
  return (
    <div class="password-option">
      <PasswordField
        label={PASSWORD_TEXTS.forNext}
        value={password}
        describedBy={hintId}
        onInput={onPassword}
      />
      <p class="hint" id={hintId}>
        {PASSWORD_TEXTS.forNextHint}
      </p>
    </div>
  );
}
