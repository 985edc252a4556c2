import type { Page } from 'playwright-core';

import type { Row } from '../../report.ts';
import type { SwarmCourse } from './course.ts';
import { signalProcesses } from '../../../e2e/hosts/shaped-hosts.ts';
import { ALL_HOSTS, HOME_LINK, SHARER, START_DELAY_MS, withHostBrowsers } from './course.ts';
import { prepareDownload, shareFrom } from './peerify-peer.ts';

/** Copies of the file that the sharer may send before it is killed. */
const COPIES = 1.15;
const LOOK_EVERY_MS = 50;
/** Times the bound: whoever is not done by then counts as never. */
const PATIENCE = 5;

/**
 * The sharer's browser is killed once it has sent 1.15 copies, or, which is sooner, once it has seen every piece with
 * others. They have to finish from each other.
 */
export function runLostSharer(course: SwarmCourse, boundS: number): Promise<Row> {
  const { hosts, fileBytes } = course;
  for (const host of ALL_HOSTS) hosts.setRate(host, HOME_LINK);
  return withHostBrowsers(course, ALL_HOSTS, course.url, async ([sharer, ...leechers]) => {
    if (sharer === undefined) throw new Error('a swarm has a sharer');
    const link = await shareFrom(sharer.page, course);
    const waiting = await Promise.all(
      leechers.map(({ page }) => prepareDownload(page, course, link)),
    );
    const atMs = Date.now() + START_DELAY_MS;
    const all = Promise.all(
      waiting.map(({ pressAt }) => giveUpAfter(pressAt(atMs), PATIENCE * boundS)),
    );
    const sharerEnd = await killAfterCopies(course, sharer.page, all);
    const finished = (await all).filter((download) => download !== undefined);
    const lastMs = Math.max(...finished.map(({ doneAtMs }) => doneAtMs));
    return {
      killedFinished: finished.length,
      killedS: (lastMs - atMs) / 1000,
      killedTimes: sharerEnd.wasKilled ? 1 : 0,
      killedSharerSentToFile: sharerEnd.sentBytes / fileBytes,
    };
  });
}

/** A swarm that is done before that did not lose it. */
async function killAfterCopies(
  { hosts, fileBytes }: SwarmCourse,
  sharer: Page,
  whenOver: Promise<unknown>,
): Promise<{ readonly wasKilled: boolean; readonly sentBytes: number }> {
  const isOver = whenOver.then(() => true);
  let sentBytes = 0;
  while (!(await Promise.race([isOver, sleep(LOOK_EVERY_MS)]))) {
    const told = await sharer.evaluate(() => ({
      sentBytes: window.channelProbe.sentBytes(),
      isSpread: window.channelProbe.isSpread(),
    }));
    sentBytes = told.sentBytes;
    if (sentBytes < COPIES * fileBytes && !told.isSpread) continue;
    signalProcesses(hosts.listProcesses(SHARER), 'SIGKILL');
    return { wasKilled: true, sentBytes };
  }
  return { wasKilled: false, sentBytes };
}

async function giveUpAfter<Result>(
  work: Promise<Result>,
  seconds: number,
): Promise<Result | undefined> {
  const timeout = new AbortController();
  const late = sleep(seconds * 1000, timeout.signal);
  try {
    return await Promise.race([work, late]);
  } finally {
    timeout.abort();
    work.catch(() => undefined);
  }
}

function sleep(delayMs: number, signal?: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), delayMs);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
