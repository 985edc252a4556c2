import type { Page } from 'playwright-core';

/**
 * Milliseconds that the page's main thread has had on the processor since this was called: what else the machine does is
 * not the page's doing.
 */
export async function watchBusyMs(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const readBusyMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Infinity);
  };
  const beforeMs = await readBusyMs();
  return async () => (await readBusyMs()) - beforeMs;
}
