import { join } from 'node:path';

import type { BrowserContext, Page } from 'playwright-core';

import { launchProfile } from '../../e2e/browser/launch-chromium.ts';

export interface BenchBrowser {
  readonly context: BrowserContext;
  /** The one tab, visible. */
  readonly page: Page;
}

/**
 * A browser process of its own with a new profile on disk: an off-the-record context keeps IndexedDB in memory, and
 * would not measure storage.
 */
export async function openBrowser(scratchFolder: string, name: string): Promise<BenchBrowser> {
  const context = await launchProfile(join(scratchFolder, name));
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

/** Opens a browser for each name, lets `work` use them, and closes them all. */
export async function withBrowsers<Result>(
  scratchFolder: string,
  names: readonly [string, string],
  work: (first: BenchBrowser, second: BenchBrowser) => Promise<Result>,
): Promise<Result> {
  const first = await openBrowser(scratchFolder, names[0]);
  try {
    const second = await openBrowser(scratchFolder, names[1]);
    try {
      return await work(first, second);
    } finally {
      await second.context.close();
    }
  } finally {
    await first.context.close();
  }
}
