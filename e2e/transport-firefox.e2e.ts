import { join } from 'node:path';
import { expect } from 'vitest';
import { startTracker } from '../server/start-tracker.ts';
import { TRANSPORT_CASES } from '../shared/swarm/transport.acceptance.ts';
import { buildPageScript } from './stage/build-page-script.ts';
import { test as base } from './stage/two-browsers-test.ts';
import { expectDataDescriptions } from './transport/expect-data-descriptions.ts';

const PAGE_ROOT = join(import.meta.dirname, '../dist/web');

const testOnTracker = base
  // oxlint-disable-next-line no-empty-pattern -- the runner reads what a fixture needs from this pattern
  .extend('tracker', { scope: 'file' }, async ({}, { onCleanup }) => {
    const tracker = await startTracker({ pageRoot: PAGE_ROOT });
    onCleanup(() => tracker.close());
    return tracker;
  });

/** A page in Firefox in which the functions of `transport-page.ts` can be called. */
const test = testOnTracker.extend(
  'page',
  { scope: 'file' },
  async ({ tracker, firefoxBrowser }, { onCleanup }) => {
    const context = await firefoxBrowser.createBrowserContext();
    onCleanup(() => context.close());
    const page = await context.newPage();
    await page.goto(`http://localhost:${tracker.port}/`);
    // A script's value would be the page's last function, which cannot be handed out.
    await page.evaluate(`${await buildPageScript('transport/transport-page.ts')};undefined`);
    return page;
  },
);

for (const { name } of TRANSPORT_CASES) {
  test(`simple-peer in Firefox: ${name}`, async ({ page }) => {
    expect(await page.evaluate((name) => window.runTransportCase(name), name)).toBeUndefined();
  });
}

test('simple-peer in Firefox: S4, S8: descriptions are of data and an idle video, without feedback', async ({
  page,
}) => {
  expectDataDescriptions(await page.evaluate(() => window.negotiate()));
});

test('case P29; W1: simple-peer in Firefox: a stranger that opens channels of its own is left, and nothing of it stays', async ({
  page,
}) => {
  for (const strangerEnd of ['initiator', 'responder'] as const) {
    expect(await page.evaluate((end) => window.meetStranger(end), strangerEnd)).toEqual({
      hasClosedItself: true,
      runningIntervals: 0,
    });
  }
});

test('simple-peer in Firefox: closed connections leave room for new ones', async ({ page }) => {
  await page.evaluate(() => window.churnConnections(600));
  const [{ name } = { name: 'none' }] = TRANSPORT_CASES;
  expect(await page.evaluate((name) => window.runTransportCase(name), name)).toBeUndefined();
});
