import { launchFirefox } from '../browser/launch-firefox.ts';
import { FirefoxStage } from './firefox-stage.ts';
import { test as base } from './test.ts';

/** A test with a Firefox beside the stage's Chromium. What goes wrong on its pages fails it as well. */
export const test = base
  // oxlint-disable-next-line no-empty-pattern -- the runner reads what a fixture needs from this pattern
  .extend('firefoxBrowser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchFirefox();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('firefox', async ({ firefoxBrowser, stage }, { onCleanup }) => {
    const firefox = new FirefoxStage(firefoxBrowser, stage);
    onCleanup(async () => {
      const problems = await firefox.close();
      if (problems.length > 0) throw new Error(`On the pages in Firefox: ${problems.join('\n')}`);
    });
    return firefox;
  });
