import type { Row } from '../../report.ts';
import { openBrowser } from '../browser.ts';
import { withScratchFolder } from '../sample-file.ts';

/** As Lighthouse slows a desktop down to a middling phone. */
const CPU_SLOWDOWN = 4;

/** A browser that has never seen the page, and a processor a fourth as fast. */
export function measureFirstPaint(url: string): Promise<Row> {
  return withScratchFolder(async (profiles) => {
    const { page, context } = await openBrowser(profiles, 'fresh');
    try {
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
      await page.goto(url);
      await page.getByLabel('Choose files', { exact: true }).waitFor({ state: 'attached' });
      const firstPaintMs = await page.evaluate(readFirstPaint);
      return { firstPaintMs };
    } finally {
      await context.close();
    }
  });
}

/** Runs in the page. Milliseconds from the navigation. */
function readFirstPaint(): Promise<number> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [paint] = list.getEntriesByName('first-contentful-paint');
      if (paint !== undefined) resolve(paint.startTime);
    });
    observer.observe({ type: 'paint', buffered: true });
  });
}
