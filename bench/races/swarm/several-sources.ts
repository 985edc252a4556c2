import type { Page } from 'playwright-core';

import type { Row } from '../../report.ts';
import type { BenchBrowser } from '../browser.ts';
import type { SwarmCourse } from './course.ts';
import type { FinishedDownload } from './peerify-peer.ts';
import { computeGeometry } from '../../../shared/share/geometry.ts';
import { signalProcesses } from '../../../e2e/hosts/shaped-hosts.ts';
import { HOME_LINK, SHARER, toBytesPerSecond, withHostBrowsers } from './course.ts';
import { prepareDownload, shareFrom } from './peerify-peer.ts';

const SOURCES = [SHARER, 2, 3] as const;
const LEECHER = 4;
const UNEQUAL_KBIT = [1_000, 4_000, 8_000] as const;
const FROZEN = 2;
const FREEZE_AT = 0.95;
/** About what the index of one file takes. */
const INDEX_BYTES = 100;

/**
 * Three sources that hold everything and one leecher: with uplinks of 1, 4 and 8 Mbit/s; with equal ones; and with
 * equal ones, of which one stops answering without a word just before the end.
 */
export function runSeveralSources(course: SwarmCourse): Promise<Row> {
  const { hosts, fileBytes } = course;
  return withHostBrowsers(course, SOURCES, course.url, async (sources) => {
    const link = await fillSources(course, sources);
    hosts.setRate(LEECHER, HOME_LINK);
    for (const [i, host] of SOURCES.entries()) {
      hosts.setRate(host, { ...HOME_LINK, upKbit: UNEQUAL_KBIT[i] ?? 0 });
    }
    const unequal = await leechOnce(course, link);
    const sumBytesPerSecond = UNEQUAL_KBIT.reduce((sum, kbit) => sum + toBytesPerSecond(kbit), 0);
    for (const host of SOURCES) hosts.setRate(host, HOME_LINK);
    const equal = await leechOnce(course, link);
    const { finished: frozen, frozenAtMs } = await leechFromFreezing(course, link);
    const equalS = computeSeconds(equal);
    const frozenS = computeSeconds(frozen);
    return {
      unequalToLineRate: fileBytes / computeSeconds(unequal) / sumBytesPerSecond,
      unequalDuplicatesToFile: unequal.report.duplicateBytes / fileBytes,
      equalToLineRate: fileBytes / equalS / (SOURCES.length * toBytesPerSecond(HOME_LINK.upKbit)),
      equalS,
      frozenS,
      frozenBeforeEndS: equalS - (frozenAtMs - frozen.firstBlockAtMs) / 1000,
      frozenCostS: frozenS - equalS,
    };
  });
}

/** Gives every source the whole file, as quickly as this machine can. */
async function fillSources(course: SwarmCourse, sources: readonly BenchBrowser[]): Promise<string> {
  for (const host of [...SOURCES, LEECHER]) course.hosts.unshape(host);
  const [sharer, ...others] = sources;
  if (sharer === undefined) throw new Error('a swarm has a sharer');
  const link = await shareFrom(sharer.page, course);
  const waiting = await Promise.all(others.map(({ page }) => prepareDownload(page, course, link)));
  await Promise.all(waiting.map(({ pressAt }) => pressAt(Date.now())));
  return link;
}

/** One of the sources stops when 95 % of the pieces are there. */
async function leechFromFreezing(
  course: SwarmCourse,
  link: string,
): Promise<{ readonly finished: FinishedDownload; readonly frozenAtMs: number }> {
  const { pieceCount } = computeGeometry(course.fileBytes + INDEX_BYTES);
  const ids = course.hosts.listProcesses(FROZEN);
  let frozenAtMs = Number.NaN;
  try {
    const finished = await leechOnce(course, link, async (page) => {
      const count = Math.ceil(pieceCount * FREEZE_AT);
      await page.evaluate((count) => window.channelProbe.whenVerified(count), count);
      signalProcesses(ids, 'SIGSTOP');
      frozenAtMs = Date.now();
    });
    return { finished, frozenAtMs };
  } finally {
    signalProcesses(ids, 'SIGCONT');
  }
}

/** In a fresh browser, which is gone afterwards, so that it is no source for the next. */
function leechOnce(
  course: SwarmCourse,
  link: string,
  meanwhile: (page: Page) => Promise<void> = async () => {},
): Promise<FinishedDownload> {
  return withHostBrowsers(course, [LEECHER], course.url, async ([leecher]) => {
    if (leecher === undefined) throw new Error('somebody has to leech');
    const { page, pressAt } = await prepareDownload(leecher.page, course, link);
    const [finished] = await Promise.all([pressAt(Date.now()), meanwhile(page)]);
    return finished;
  });
}

/** From the first byte to the last piece verified. */
function computeSeconds({ firstBlockAtMs, doneAtMs }: FinishedDownload): number {
  return (doneAtMs - firstBlockAtMs) / 1000;
}
