import { join } from 'node:path';

import type { BrowserContext, Page } from 'playwright-core';

import type { ProfileOptions } from '../../e2e/browser/launch-chromium.ts';
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
export async function openBrowser(
  scratchFolder: string,
  name: string,
  options?: ProfileOptions,
): Promise<BenchBrowser> {
  const context = await launchProfile(join(scratchFolder, name), options);
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

/** Opens two browsers of these names, lets `work` use them, and closes both. */
export function withBrowsers<Result>(
  scratchFolder: string,
  names: readonly [string, string],
  work: (first: BenchBrowser, second: BenchBrowser) => Promise<Result>,
): Promise<Result> {
  return withBrowserGroup(
    names.map((name) => () => openBrowser(scratchFolder, name)),
    ([first, second]) => {
      if (first === undefined || second === undefined) throw new Error('two browsers were opened');
      return work(first, second);
    },
  );
}

/** Opens any number of browsers at once, lets `work` use them in this order, and closes them all. */
export async function withBrowserGroup<Result>(
  openers: readonly (() => Promise<BenchBrowser>)[],
  work: (browsers: readonly BenchBrowser[]) => Promise<Result>,
): Promise<Result> {
  const opened = await Promise.allSettled(openers.map((open) => open()));
  const browsers = opened.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value] : [],
  );
  try {
    for (const result of opened) if (result.status === 'rejected') throw result.reason;
    return await work(browsers);
  } finally {
    await Promise.allSettled(browsers.map(({ context }) => context.close()));
  }
}
