import type { Page } from 'playwright-core';

import type { Row } from '../../report.ts';
import type { WebTorrentStrategy } from '../pages/webtorrent-swarm.ts';
import type { CurvePoint, LeecherProgress } from './completion.ts';
import type { SwarmCourse } from './course.ts';
import type { FinishedDownload } from './peerify-peer.ts';
import { computeMedian } from '../../statistics.ts';
import { addressOf, HUB_ADDRESS } from '../../../e2e/hosts/shaped-hosts.ts';
import { withPageServer } from '../page-server.ts';
import { locateBundle, withWebTorrentTracker } from '../webtorrent.ts';
import { computeCurve, computeLastPercentShare } from './completion.ts';
import {
  ALL_HOSTS,
  HOME_LINK,
  SHARER,
  START_DELAY_MS,
  toBytesPerSecond,
  withHostBrowsers,
} from './course.ts';
import { prepareDownload, shareFrom } from './peerify-peer.ts';
import type { UplinkSample } from './uplink-use.ts';
import { computeUplinkUse, watchUplink } from './uplink-use.ts';

export interface CrowdResult {
  readonly figures: Row;
  readonly curve: readonly CurvePoint[];
}

/** One sharer, and four leechers that start together, all behind the same kind of link. */
export function runPeerifyCrowd(course: SwarmCourse, boundS: number): Promise<CrowdResult> {
  shapeAll(course);
  return withHostBrowsers(course, ALL_HOSTS, course.url, async ([sharer, ...leechers]) => {
    if (sharer === undefined) throw new Error('a swarm has a sharer');
    const link = await shareFrom(sharer.page, course);
    const waiting = await Promise.all(
      leechers.map(({ page }) => prepareDownload(page, course, link)),
    );
    const lineBefore = course.hosts.countSentBytes(SHARER);
    const readUplink = watchUplink(() => course.hosts.countSentBytes(SHARER));
    const atMs = Date.now() + START_DELAY_MS;
    const finished = await Promise.all(waiting.map(({ pressAt }) => pressAt(atMs)));
    const samples = readUplink();
    const lineBytes = course.hosts.countSentBytes(SHARER) - lineBefore;
    const sentBytes = await sharer.page.evaluate(() => window.channelProbe.sentBytes());
    const startMs = Math.min(...finished.map(({ pressedAtMs }) => pressedAtMs));
    const duplicates = finished.map(({ report }) => report.duplicateBytes);
    return describe(startMs, finished, boundS, {
      SharerSentToFile: sentBytes / course.fileBytes,
      SharerLineToFile: lineBytes / course.fileBytes,
      DuplicatesToFile: Math.max(...duplicates) / course.fileBytes,
      ...computeResponses(finished),
      ...describeUplink(course, samples, startMs, finished),
    });
  });
}

/** The same crowd with WebTorrent, which keeps what it has in memory here. */
export function runWebTorrentCrowd(
  course: SwarmCourse,
  boundS: number,
  strategy: WebTorrentStrategy,
): Promise<CrowdResult> {
  shapeAll(course);
  const served = { '/webtorrent.min.js': locateBundle('webtorrent') };
  const race = (tracker: string, url: string): Promise<CrowdResult> =>
    withHostBrowsers(course, ALL_HOSTS, url, async ([sharer, ...leechers]) => {
      if (sharer === undefined) throw new Error('a swarm has a sharer');
      for (const { page } of [sharer, ...leechers]) {
        await page.addInitScript(course.scripts.webtorrent);
        await page.goto(url);
      }
      await sharer.page.locator('input').setInputFiles(course.file);
      const magnet = await sharer.page.evaluate(
        (tracker) => window.webTorrentSwarm.seed(tracker),
        tracker,
      );
      for (const { page } of leechers) await page.evaluate(() => window.webTorrentSwarm.prepare());
      const lineBefore = course.hosts.countSentBytes(SHARER);
      const start = [magnet, strategy, Date.now() + START_DELAY_MS] as const;
      const finished = await Promise.all(
        leechers.map(({ page }) =>
          page.evaluate(
            ([magnet, strategy, atMs]) => window.webTorrentSwarm.leech(magnet, strategy, atMs),
            start,
          ),
        ),
      );
      const lineBytes = course.hosts.countSentBytes(SHARER) - lineBefore;
      if (finished.some(({ digest }) => digest !== course.digest)) throw new Error('other bytes');
      const startMs = Math.min(...finished.map(({ startedAtMs }) => startedAtMs));
      const received = finished.map(({ receivedBytes }) => receivedBytes);
      return describe(startMs, finished, boundS, {
        SharerSentToFile: (await countUploaded(sharer.page)) / course.fileBytes,
        SharerLineToFile: lineBytes / course.fileBytes,
        DuplicatesToFile: Math.max(...received) / course.fileBytes - 1,
      });
    });
  return withWebTorrentTracker(
    (tracker) => withPageServer(served, (url) => race(tracker, url), HUB_ADDRESS),
    HUB_ADDRESS,
  );
}

function shapeAll({ hosts }: SwarmCourse): void {
  for (const host of ALL_HOSTS) hosts.setRate(host, HOME_LINK);
}

function describe(
  startMs: number,
  leechers: readonly LeecherProgress[],
  boundS: number,
  figures: Row,
): CrowdResult {
  const seconds = leechers.map(({ doneAtMs }) => (doneAtMs - startMs) / 1000);
  const lastS = Math.max(...seconds);
  const shares = leechers.map((leecher) => computeLastPercentShare(startMs, leecher));
  return {
    figures: {
      S: lastS,
      FirstS: Math.min(...seconds),
      ToBound: lastS / boundS,
      LastPercentShare: Math.max(...shares),
      ...figures,
    },
    curve: computeCurve(startMs, leechers),
  };
}

function describeUplink(
  { fileBytes }: SwarmCourse,
  samples: readonly UplinkSample[],
  startMs: number,
  finished: readonly FinishedDownload[],
): Row {
  const times = { startMs, endMs: Math.max(...finished.map(({ doneAtMs }) => doneAtMs)) };
  return computeUplinkUse(samples, times, toBytesPerSecond(HOME_LINK.upKbit), fileBytes);
}

/** Medians over all leechers: of blocks from the sharer, whose uplink is the bottleneck, and of all blocks. */
function computeResponses(finished: readonly FinishedDownload[]): Row {
  const all = finished.flatMap(({ report }) => report.responses);
  const ofSharer = all.filter(({ address }) => address === addressOf(SHARER));
  return {
    ResponseMs: computeMedian(ofSharer.map(({ responseMs }) => responseMs)),
    ResponseWithWaitMs: computeMedian(ofSharer.map(({ waitedMs }) => waitedMs)),
    ResponseOfAllMs: computeMedian(all.map(({ responseMs }) => responseMs)),
  };
}

function countUploaded(page: Page): Promise<number> {
  return page.evaluate(() => window.webTorrentSwarm.uploadedBytes());
}
