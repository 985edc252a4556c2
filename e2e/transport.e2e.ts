import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { TRANSPORT_CASES } from '../shared/swarm/transport.acceptance.ts';
import { Stage } from './stage/stage.ts';
import { test as base } from './stage/test.ts';
import { buildPageScript } from './stage/build-page-script.ts';
import { expectDataDescriptions } from './transport/expect-data-descriptions.ts';

const testWithScript = base.extend('script', { scope: 'file' }, () =>
  buildPageScript('transport/transport-page.ts'),
);

/** A tab in which the functions of `transport-page.ts` can be called: one for each test, and one for all the cases. */
const test = testWithScript
  .extend('page', ({ stage, script }) => openPage(stage, script))
  .extend('casesPage', { scope: 'file' }, async ({ browser, script }, { onCleanup }) => {
    const stage = await Stage.open(browser);
    onCleanup(async () => expect(await stage.close()).toEqual([]));
    return openPage(stage, script);
  });

async function openPage(stage: Stage, script: string): Promise<Page> {
  const { page } = await stage.openTab();
  // Evaluated, not added to the page: its policy lets no such script in.
  await page.evaluate(script);
  return page;
}

// The very cases that the transport in memory passes, over WebRTC.
for (const { name } of TRANSPORT_CASES) {
  test(`simple-peer: ${name}`, async ({ casesPage }) => {
    const wrong = await casesPage.evaluate((name) => window.runTransportCase(name), name);
    expect(wrong).toBeUndefined();
  });
}

test('simple-peer: nothing of ours holds on to connections that were closed', async ({ page }) => {
  // Chromium allows 500 at a time, and counts a closed one until it is collected.
  for (let round = 0; round < 3; round += 1) {
    await page.evaluate(() => window.churnConnections(300));
    await page.requestGC();
  }
  const [{ name } = { name: 'none' }] = TRANSPORT_CASES;
  expect(await page.evaluate((name) => window.runTransportCase(name), name)).toBeUndefined();
});

test('case P29: simple-peer: two hundred times two ends connect and part, and none lives on', async ({
  page,
}) => {
  expect(await page.evaluate(() => window.cycleConnections(200))).toBe(2);
});

test('case P29; W1: simple-peer: a stranger that opens channels of its own is left, and nothing of it stays', async ({
  page,
}) => {
  for (const strangerEnd of ['initiator', 'responder'] as const) {
    expect(await page.evaluate((end) => window.meetStranger(end), strangerEnd)).toEqual({
      hasClosedItself: true,
      runningIntervals: 0,
    });
  }
  await vi.waitFor(
    async () => {
      await page.requestGC();
      expect(await page.evaluate(() => window.countKept())).toBe(0);
    },
    { timeout: 20_000 },
  );
});

test('simple-peer: S4: beside the data there is a video section that nothing is sent through', async ({
  page,
}) => {
  expectDataDescriptions(await page.evaluate(() => window.negotiate()));
});

test.for([
  [0, ['0 frames, 0 closed', '3 frames, 0 closed']],
  [1, ['0 frames, 1 closed', '0 frames, 1 closed']],
] as const)(
  'case P22: simple-peer: a description with max-message-size %i is handled, the peer dropped cleanly if need be',
  async ([bytes, outcomes], { page }) => {
    expect(await page.evaluate((bytes) => window.sendToSmallReader(bytes), bytes)).toEqual(
      outcomes,
    );
  },
);
