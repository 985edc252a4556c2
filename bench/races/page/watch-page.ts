import type { Page } from 'playwright-core';

export interface PageDelays {
  /** Tasks up to 50 ms are not told, and count as 0. */
  readonly longestTaskMs: number;
  /** From a person's input until the next picture; 0 where there was none above 16 ms. */
  readonly longestInteractionMs: number;
}

/** Watches a page from now on. What it returns gives the longest of either since. */
export async function watchPage(page: Page): Promise<() => Promise<PageDelays>> {
  const watch = await page.evaluateHandle(() => {
    const longest = { longestTaskMs: 0, longestInteractionMs: 0 };
    const observer = new PerformanceObserver((list) => {
      for (const { entryType, duration } of list.getEntries()) {
        const name = entryType === 'longtask' ? 'longestTaskMs' : 'longestInteractionMs';
        longest[name] = Math.max(longest[name], duration);
      }
    });
    observer.observe({ type: 'longtask' });
    const events: PerformanceObserverInit & { durationThreshold: number } = {
      type: 'event',
      durationThreshold: 16,
    };
    observer.observe(events);
    return longest;
  });
  return () => watch.jsonValue();
}
