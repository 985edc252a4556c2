import type { JSX } from 'preact';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { App } from '../app/app-state.ts';
import { computePageTitle } from './page-title.ts';
import { Page } from './page.tsx';

/**
 * Draws the app's state into `root`, now and after each change, for as long as the page lives. Rendered once: `useId`
 * starts anew with every render from the root, and labels would point at each other's fields.
 */
export function mountPage(root: HTMLElement, app: App): void {
  render(<LivePage app={app} />, root);
}

function LivePage({ app }: { readonly app: App }): JSX.Element {
  const [state, setState] = useState(() => app.state());
  useEffect(() => {
    const draw = (): void => setState(app.state());
    const stop = app.subscribe(draw);
    // Whatever changed between the first drawing and now.
    draw();
    return stop;
  }, [app]);
  const title = computePageTitle(state);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return <Page state={state} actions={app.actions} />;
}
