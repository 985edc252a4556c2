import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import type { RawRates } from './raw-channel.ts';
import type { WebTorrentStore } from './pages/webtorrent-client.ts';
import { printLine, printRepeats, rotateArms } from '../report.ts';
import type { SampleFile } from './sample-file.ts';
import { bundlePageScript } from './page-script.ts';
import { withPeerify } from './peerify.ts';
import { runPeerifyPair } from './peerify-pair.ts';
import { computePairRatios } from './pair-ratios.ts';
import { raceRawChannels } from './raw-channel.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';
import type { WebTorrentPackage } from './webtorrent.ts';
import { installRivals, raceWebTorrent } from './webtorrent.ts';

const RIVALS: readonly { readonly rival: WebTorrentPackage; readonly name: string }[] = [
  { rival: 'webtorrent', name: 'webtorrent' },
  { rival: 'webtorrent-2', name: 'webtorrent28' },
];
const WEBTORRENT_STORES: readonly WebTorrentStore[] = ['memory', 'opfs'];

interface Course extends SampleFile {
  readonly scratchFolder: string;
  readonly url: string;
  readonly withRival: boolean;
  readonly scripts: {
    readonly raw: string;
    readonly receiver: string;
    readonly webtorrent: string;
  };
}

/**
 * Moves one file from one browser to another: by Peerify, over a bare data channel, and by WebTorrent, in turns.
 * Every rate is the file's bytes over the time from its first byte at the receiver until the last one is there (for
 * Peerify and WebTorrent: is there and verified), connecting left out, saving left out. An `EndToEnd` rate leaves nothing out:
 * from pressing Download to the file on the disk, from adding the magnet link to a Blob of the whole.
 */
export async function racePair({ repeats, megabytes }: BenchOptions): Promise<void> {
  const skipped = await installRivals();
  if (skipped !== undefined) printLine({ skipped: 'WebTorrent', because: skipped });
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      const course = {
        url,
        ...(await writeSampleFile(folder, megabytes)),
        withRival: skipped === undefined,
        scripts: {
          raw: await bundlePageScript('raw-channel'),
          receiver: await bundlePageScript('receiver-probe'),
          webtorrent: await bundlePageScript('webtorrent-race'),
        },
      };
      await printRepeats('pair', repeats, { megabytes }, (repeat) =>
        withScratchFolder((scratchFolder) => runArms({ ...course, scratchFolder }, repeat)),
      );
    }),
  );
}

async function runArms(course: Course, repeat: number): Promise<Row> {
  const rivals = RIVALS.map(
    ({ rival, name }) =>
      (course: Course) =>
        runWebTorrent(course, rival, name),
  );
  const arms = [runPeerify, runRaw, ...(course.withRival ? rivals : [])];
  const figures: Record<string, number> = {};
  for (const run of rotateArms(arms, repeat)) {
    Object.assign(figures, await run(course));
  }
  return { ...figures, ...computePairRatios(figures) };
}

async function runPeerify(course: Course): Promise<Row> {
  const { scratchFolder, url, scripts, file } = course;
  const result = await runPeerifyPair(scratchFolder, url, scripts.receiver, file);
  checkDigest('Peerify', course, result.digest);
  const { pressedAtMs, firstBlockAtMs, verifiedAtMs } = result;
  return {
    oursMBps: toRate(course, verifiedAtMs - firstBlockAtMs),
    oursEndToEndMBps: toRate(course, verifiedAtMs - pressedAtMs + result.savedMs),
    oursPressToFirstBlockMs: firstBlockAtMs - pressedAtMs,
    oursPressToVerifiedS: (verifiedAtMs - pressedAtMs) / 1000,
    oursVerifiedToSavedS: result.savedMs / 1000,
    oursMainThreadBusy: result.mainThreadBusy,
    oursLongestTaskMs: result.longestTaskMs,
  };
}

async function runRaw({ scratchFolder, scripts, fileBytes }: Course): Promise<RawRates> {
  return raceRawChannels(scratchFolder, scripts.raw, fileBytes, 1);
}

async function runWebTorrent(
  course: Course,
  rival: WebTorrentPackage,
  rivalName: string,
): Promise<Row> {
  const { scratchFolder, scripts, file } = course;
  const figures: Record<string, number> = {};
  for (const store of WEBTORRENT_STORES) {
    const result = await raceWebTorrent(scratchFolder, scripts.webtorrent, file, rival, store);
    checkDigest(rivalName, course, result.digest);
    const name = `${rivalName}${store === 'opfs' ? 'Opfs' : 'Memory'}`;
    figures[`${name}MBps`] = toRate(course, result.verifiedMs);
    figures[`${name}EndToEndMBps`] = toRate(course, result.endToEndMs);
    figures[`${name}LinkS`] = result.linkMs / 1000;
    figures[`${name}VerifiedToBlobS`] = result.savedMs / 1000;
  }
  return figures;
}

function toRate({ fileBytes }: Course, tookMs: number): number {
  return fileBytes / 1e6 / (tookMs / 1000);
}

function checkDigest(who: string, { digest }: Course, saved: string): void {
  if (saved !== digest) throw new Error(`${who} saved other bytes than were shared`);
}
