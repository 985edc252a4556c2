import { launchFirefox } from '../browser/launch-firefox.ts';
import { FirefoxStage } from './firefox-stage.ts';
import { SharedBrowser } from './shared-browser.ts';
import { test as base } from './test.ts';

const FIREFOX = new SharedBrowser(launchFirefox, (browser) => browser.connected);

/** A test with a Firefox beside the stage's Chromium. What goes wrong on its pages fails it as well. */
export const test = base
  // oxlint-disable-next-line no-empty-pattern -- the runner reads what a fixture needs from this pattern
  .extend('sharedFirefox', { scope: 'worker' }, async ({}, { onCleanup }) => {
    onCleanup(() => FIREFOX.close());
    return FIREFOX;
  })
  .extend('firefoxBrowser', { scope: 'file' }, ({ sharedFirefox }) => sharedFirefox.open())
  .extend('firefox', async ({ firefoxBrowser, stage }, { onCleanup }) => {
    const firefox = new FirefoxStage(firefoxBrowser, stage);
    onCleanup(async () => {
      const problems = await firefox.close();
      if (problems.length > 0) throw new Error(`On the pages in Firefox: ${problems.join('\n')}`);
    });
    return firefox;
  });
