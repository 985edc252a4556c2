import { vi } from 'vitest';

interface PageOfABrowser {
  evaluate: (look: () => Promise<boolean>) => Promise<boolean>;
}

/** Resolves when the worker has kept every part of the page. */
export async function waitForKeptPage(page: PageOfABrowser): Promise<void> {
  await vi.waitFor(
    async () => {
      // The document is kept last.
      const isKept = await page.evaluate(async () => (await caches.match('/')) !== undefined);
      if (!isKept) throw new Error('the page is not kept yet');
    },
    { interval: 100, timeout: 15_000 },
  );
}
