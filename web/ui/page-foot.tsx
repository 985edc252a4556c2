import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppActions, AppState } from '../app/app-state.ts';
import type { Language } from './words/languages.ts';
import { LanguageSelect } from './language-select.tsx';
import { lazyView } from './lazy-view.tsx';
import { TEXTS } from './texts.ts';

const RatesPanel = lazyView(async () => (await import('./rates-panel.tsx')).RatesPanel);

interface PageFootProps {
  readonly state: AppState;
  readonly actions: AppActions;
  /** False where that language could not be loaded. */
  readonly chooseLanguage: (language: Language) => Promise<boolean>;
}

/** What is set once for the page as a whole. */
export function PageFoot({ chooseLanguage, state, actions }: PageFootProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <footer class="page-foot">
      <p>{TEXTS.footer}</p>
      {state.environment.kind === 'ready' && (
        <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{TEXTS.speedLimits}</summary>
          {isOpen && <RatesPanel rates={state.rates} setRates={actions.setRates} />}
        </details>
      )}
      <div class="page-tools">
        <LanguageSelect choose={chooseLanguage} />
        {state.canInstall && (
          <button type="button" class="button button-quiet" onClick={actions.install}>
            {TEXTS.install}
          </button>
        )}
      </div>
    </footer>
  );
}
