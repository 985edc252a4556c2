import { expect } from 'vitest';
import { watchBusyMs } from './page/watch-busy.ts';
import { buildPageScript } from './stage/build-page-script.ts';
import { printFigures } from './stage/print-figures.ts';
import { test as base } from './stage/test.ts';

const test = base.extend('script', { scope: 'file' }, () =>
  buildPageScript('details/details-page.ts'),
);

test('a map of 10,000 pieces with 100 changes a second takes less than 4 ms a frame', async ({
  stage,
  script,
}) => {
  const { page } = await stage.openTab();
  // Evaluated, not added to the page: its policy lets no such script in.
  await page.evaluate(script);
  const took = (await page.evaluate(() => window.paintFrames(300))).toSorted((a, b) => a - b);
  const median = took[150] ?? Infinity;
  printFigures({ medianFrameMs: median, p95FrameMs: took[285] ?? Infinity });
  expect(median).toBeLessThan(4);
});

test('details of 10,000 pieces and 30 peers are drawn again in a fraction of 50 ms', async ({
  stage,
  script,
}) => {
  const { page } = await stage.openTab();
  await page.evaluate(script);
  await page.evaluate(() => window.showDetails());
  await page.waitForTimeout(1_000);
  const looksBefore = await page.evaluate(() => window.lookCount);
  const readBusyMs = await watchBusyMs(page);
  await page.waitForTimeout(4_000);
  const looks = (await page.evaluate(() => window.lookCount)) - looksBefore;
  const drawMs = (await readBusyMs()) / looks;
  printFigures({ looks, drawMs });
  expect(looks).toBeGreaterThan(4);
  expect(drawMs).toBeLessThan(25);
});
