import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppActions, AppState } from '../app/app-state.ts';
import { lazyView } from './lazy-view.tsx';
import { TEXTS } from './texts.ts';

const PasswordOption = lazyView(async () => (await import('./password-option.tsx')).PasswordOption);

interface ShareOptionsProps {
  readonly state: Pick<AppState, 'nextPassword'>;
  readonly actions: Pick<AppActions, 'setNextPassword'>;
}

/** What can be chosen for a share before it is made. */
export function ShareOptions({ state, actions }: ShareOptionsProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const hasPassword = state.nextPassword !== '';
  return (
    <details class="share-options" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{hasPassword ? TEXTS.optionsWithPassword : TEXTS.options}</summary>
      {isOpen && (
        <PasswordOption password={state.nextPassword} onPassword={actions.setNextPassword} />
      )}
    </details>
  );
}
