import { render } from 'preact';
import type { App } from '../app/app-state.ts';
import { computePageTitle } from './page-title.ts';
import { Page } from './page.tsx';

/** Draws the app's state into `root`, now and after each change, for as long as the page lives. */
export function mountPage(root: HTMLElement, app: App): void {
  const draw = (): void => {
    const state = app.state();
    const title = computePageTitle(state);
    if (document.title !== title) document.title = title;
    render(<Page state={state} actions={app.actions} />, root);
  };
  app.subscribe(draw);
  draw();
}
