import type { JSX } from 'preact';
import { render } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { App } from '../app/app-state.ts';
import type { LanguageChoice } from './words/language-choice.ts';
import { computePageTitle } from './page-title.ts';
import { Page } from './page.tsx';
import { currentLanguage, onLanguageChange } from './words/catalogue.ts';
import { isRightToLeft } from './words/languages.ts';

/** How long nothing is drawn for want of a language: rather nothing for a moment than first this, then that. */
const MAX_WAIT_MS = 1000;

interface LivePageProps {
  readonly app: App;
  readonly languages: LanguageChoice;
}

/**
 * Draws the app's state into `root`, now and after each change, for as long as the page lives. Rendered once: `useId`
 * starts anew with every render from the root, and labels would point at each other's fields.
 */
export async function mountPage(
  root: HTMLElement,
  app: App,
  languages: LanguageChoice,
): Promise<void> {
  const opening = languages.open();
  if (opening !== undefined) {
    await Promise.race([opening, new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS))]);
  }
  render(<LivePage app={app} languages={languages} />, root);
}

function LivePage({ app, languages }: LivePageProps): JSX.Element {
  const [state, setState] = useState(() => app.state());
  const [language, setLanguage] = useState(currentLanguage);
  useEffect(() => {
    const draw = (): void => setState(app.state());
    const stop = app.subscribe(draw);
    // Whatever changed between the first drawing and now.
    draw();
    return stop;
  }, [app]);
  useLayoutEffect(() => {
    const stop = onLanguageChange(setLanguage);
    setLanguage(currentLanguage());
    return stop;
  }, []);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = isRightToLeft(language) ? 'rtl' : 'ltr';
  }, [language]);
  const title = computePageTitle(state);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <Page
      state={state}
      actions={app.actions}
      chooseLanguage={(chosen) => languages.choose(chosen)}
    />
  );
}
