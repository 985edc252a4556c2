import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AppActions, AppState } from '../app/app-state.ts';
import type { Language } from './words/languages.ts';
import { LanguageSelect } from './language-select.tsx';
import { lazyView } from './lazy-view.tsx';
import { TEXTS } from './texts.ts';

const RelayPanel = lazyView(async () => (await import('./relay-panel.tsx')).RelayPanel);
const RatesPanel = lazyView(async () => (await import('./rates-panel.tsx')).RatesPanel);

interface PageFootProps {
  readonly state: AppState;
  readonly actions: AppActions;
  /** False where that language could not be loaded. */
  readonly chooseLanguage: (language: Language) => Promise<boolean>;
}

/** What is set once for the page as a whole. */
export function PageFoot({ chooseLanguage, state, actions }: PageFootProps): JSX.Element {
  return (
    <footer class="page-foot">
      <p>{TEXTS.footer}</p>
      {state.environment.kind === 'ready' && (
        <>
          <Foldable title={TEXTS.speedLimits}>
            {() => <RatesPanel rates={state.rates} setRates={actions.setRates} />}
          </Foldable>
          <Foldable title={TEXTS.ownAddress}>
            {() => <RelayPanel relay={state.relay} setRelayOnly={actions.setRelayOnly} />}
          </Foldable>
        </>
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

interface FoldableProps {
  readonly title: string;
  readonly children: () => JSX.Element;
}

/** What is in it is made, and loaded, when it is opened. */
function Foldable({ title, children }: FoldableProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {isOpen && children()}
    </details>
  );
}
