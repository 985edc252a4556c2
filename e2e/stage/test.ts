import { test as base } from 'vitest';
import { launchChromium } from '../browser/launch-chromium.ts';
import { SharedBrowser } from './shared-browser.ts';
import { Stage } from './stage.ts';
import { TrackerProcess } from './tracker-process.ts';

const CHROMIUM = new SharedBrowser(launchChromium, (browser) => browser.isConnected());

/**
 * A test with a stage of its own, and where it asks for one with the built tracker in a process. Errors and policy
 * violations on any of its pages fail it.
 */
export const test = base
  // oxlint-disable-next-line no-empty-pattern -- the runner reads what a fixture needs from this pattern
  .extend('chromium', { scope: 'worker' }, async ({}, { onCleanup }) => {
    onCleanup(() => CHROMIUM.close());
    return CHROMIUM;
  })
  .extend('browser', { scope: 'file' }, ({ chromium }) => chromium.open())
  // oxlint-disable-next-line no-empty-pattern -- as above
  .extend('trackerProcess', async ({}, { onCleanup }) => {
    const tracker = new TrackerProcess();
    onCleanup(() => tracker.kill());
    await tracker.start();
    return tracker;
  })
  .extend('stage', async ({ browser }, { onCleanup }) => {
    const stage = await Stage.open(browser);
    onCleanup(async () => {
      const problems = await stage.close();
      if (problems.length > 0) throw new Error(`On the pages: ${problems.join('\n')}`);
    });
    return stage;
  });
