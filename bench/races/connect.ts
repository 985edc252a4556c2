import { randomBytes } from 'node:crypto';

import type { Page } from 'playwright-core';

import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import { printRepeats, rotateArms } from '../report.ts';
import { openBrowser } from './browser.ts';
import { bundlePageScript } from './page-script.ts';
import { shareFile, withPeerify } from './peerify.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';

interface Course {
  readonly url: string;
  readonly link: string;
  readonly probes: readonly string[];
}

const SHARE_ID_LENGTH = 16;
const TRACKER_ROUND_TRIPS = 2;

/**
 * From an opened link to the first verified piece, nobody hesitating in between, against what it takes at least: two
 * ends of a connection set up within one page, and two round trips to the tracker. Opened in a page that is there
 * already, and by going to the link, which loads the page first. Everything in fresh browsers.
 */
export async function raceConnect({ repeats, megabytes }: BenchOptions): Promise<void> {
  const probes = [await bundlePageScript('channel-probe'), await bundlePageScript('connect-probe')];
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      const { file } = await writeSampleFile(folder, megabytes);
      const sharer = await openBrowser(folder, 'sharer');
      try {
        await sharer.page.goto(url);
        const course = { url, link: await shareFile(sharer.page, file), probes };
        await printRepeats('connect', repeats, { megabytes }, (repeat) => runArms(course, repeat));
      } finally {
        await sharer.context.close();
      }
    }),
  );
}

async function runArms(course: Course, repeat: number): Promise<Row> {
  const arms = [runRaw, runOpened, runNavigated];
  const figures: Record<string, number> = {};
  for (const run of rotateArms(arms, repeat)) {
    Object.assign(figures, await withFreshPage(course, (page) => run(page, course)));
  }
  const { rawConnectMs = 0, roundTripMs = 0, openedMs = 0, navigatedMs = 0 } = figures;
  const leastMs = rawConnectMs + TRACKER_ROUND_TRIPS * roundTripMs;
  return {
    ...figures,
    leastMs,
    openedToLeast: openedMs / leastMs,
    navigatedToLeast: navigatedMs / leastMs,
  };
}

async function runRaw(page: Page, { url }: Course): Promise<Row> {
  await page.goto(url);
  const rawConnectMs = await page.evaluate(() => window.connectProbe.connectRaw());
  const shareId = randomBytes(SHARE_ID_LENGTH).toString('base64url');
  const roundTripMs = await page.evaluate((id) => window.connectProbe.askTracker(id), shareId);
  return { rawConnectMs, roundTripMs };
}

async function runOpened(page: Page, { url, link }: Course): Promise<Row> {
  await page.goto(url);
  await page.getByRole('textbox', { name: 'File ID or link' }).fill(link);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const firstPieceAtMs = await findFirstPiece(page);
  const openedAtMs = await page.evaluate(() => window.connectProbe.openedAtMs());
  return { openedMs: firstPieceAtMs - openedAtMs };
}

async function runNavigated(page: Page, { link }: Course): Promise<Row> {
  await page.goto(link);
  const firstPieceAtMs = await findFirstPiece(page);
  const originMs = await page.evaluate(() => performance.timeOrigin);
  return { navigatedMs: firstPieceAtMs - originMs };
}

async function findFirstPiece(page: Page): Promise<number> {
  return page.evaluate(async () => {
    await window.channelProbe.whenVerified(1);
    return Math.min(...window.channelProbe.report().verifiedAtMs);
  });
}

function withFreshPage(course: Course, work: (page: Page) => Promise<Row>): Promise<Row> {
  return withScratchFolder(async (profiles) => {
    const { page, context } = await openBrowser(profiles, 'fresh');
    try {
      for (const probe of course.probes) await page.addInitScript(probe);
      return await work(page);
    } finally {
      await context.close();
    }
  });
}
