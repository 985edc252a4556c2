import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import type { WebTorrentStore } from './pages/webtorrent-client.ts';
import { printLine, printRepeats, rotateArms } from '../report.ts';
import { computeMedian } from '../statistics.ts';
import type { SampleFile } from './sample-file.ts';
import { bundlePageScript } from './page-script.ts';
import { withPeerify } from './peerify.ts';
import { runPeerifyPair } from './peerify-pair.ts';
import { computePairRatios } from './pair-ratios.ts';
import { RAW_MESSAGE_KIB, raceRawChannels } from './raw-channel.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';
import type { WebTorrentPackage } from './webtorrent.ts';
import { installRivals, raceWebTorrent } from './webtorrent.ts';

const RIVALS: readonly { readonly rival: WebTorrentPackage; readonly name: string }[] = [
  { rival: 'webtorrent', name: 'webtorrent' },
  { rival: 'webtorrent-2', name: 'webtorrent28' },
];
/** About as long as our own blocks. */
const WITH_VIDEO_KIB = 128;
const WEBTORRENT_STORES: readonly WebTorrentStore[] = ['memory', 'opfs'];

interface Course extends SampleFile {
  readonly url: string;
  readonly withRival: boolean;
  readonly scripts: {
    readonly raw: string;
    readonly receiver: string;
    readonly webtorrent: string;
  };
}

/** Figures of which each of our runs has one, and what the repeat has of them. */
const COMBINE = {
  ofMedian: [
    'EndToEndMBps',
    'PressToFirstBlockMs',
    'PressToVerifiedS',
    'VerifiedToSavedS',
    'MainThreadBusy',
    'MainThreadCpu',
  ],
  ofMax: ['LongestTaskMs'],
} as const;

/**
 * Moves one file from one browser to another: by Peerify, over a bare data channel, and by WebTorrent, in turns.
 * The bare channel, opened as a page would open it, runs once for each message size, and we once beside each of these:
 * five runs of either, of which the best count. Once it runs with the video section that our connections have.
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
      await printRepeats('pair', repeats, { megabytes }, (repeat) => runArms(course, repeat));
    }),
  );
}

async function runArms(course: Course, repeat: number): Promise<Row> {
  const ours: Row[] = [];
  const pairs = RAW_MESSAGE_KIB.flatMap((kib) => [
    async () => {
      ours.push(await runPeerify(course));
      return {};
    },
    () => runRaw(course, kib),
  ]);
  const rivals = RIVALS.flatMap(({ rival, name }) =>
    WEBTORRENT_STORES.map((store) => () => runWebTorrent(course, rival, name, store)),
  );
  const figures: Record<string, number> = {};
  const arms = [...pairs, () => runRawWithVideo(course), ...(course.withRival ? rivals : [])];
  for (const run of rotateArms(arms, repeat)) {
    Object.assign(figures, await run());
  }
  Object.assign(figures, combineRuns(ours));
  return { ...figures, ...computePairRatios(figures) };
}

function combineRuns(ours: readonly Row[]): Row {
  const read = (name: string): number[] => ours.map((row) => row[name] ?? Number.NaN);
  return Object.fromEntries([
    ...read('MBps').map((rate, run) => [`ours${run + 1}MBps`, rate]),
    ['oursMedianMBps', computeMedian(read('MBps'))],
    ...COMBINE.ofMedian.map((name) => [`ours${name}`, computeMedian(read(name))]),
    ...COMBINE.ofMax.map((name) => [`ours${name}`, Math.max(...read(name))]),
  ]);
}

async function runPeerify(course: Course): Promise<Row> {
  const { file, url, scripts } = course;
  const result = await withScratchFolder((profiles) =>
    runPeerifyPair(profiles, url, scripts.receiver, file),
  );
  checkDigest('Peerify', course, result.digest);
  const { pressedAtMs, firstBlockAtMs, verifiedAtMs } = result;
  return {
    MBps: toRate(course, verifiedAtMs - firstBlockAtMs),
    EndToEndMBps: toRate(course, verifiedAtMs - pressedAtMs + result.savedMs),
    PressToFirstBlockMs: firstBlockAtMs - pressedAtMs,
    PressToVerifiedS: (verifiedAtMs - pressedAtMs) / 1000,
    VerifiedToSavedS: result.savedMs / 1000,
    MainThreadBusy: result.mainThreadBusy,
    MainThreadCpu: result.mainThreadCpu,
    LongestTaskMs: result.longestTaskMs,
  };
}

async function runRaw(course: Course, messageKib: number): Promise<Row> {
  return { [`raw${messageKib}KiBMBps`]: await timeRaw(course, messageKib, false) };
}

async function runRawWithVideo(course: Course): Promise<Row> {
  return { rawWithVideoMBps: await timeRaw(course, WITH_VIDEO_KIB, true) };
}

async function timeRaw(
  { scripts, fileBytes }: Course,
  messageKib: number,
  hasIdleVideo: boolean,
): Promise<number> {
  const race = { script: scripts.raw, totalBytes: fileBytes, senderCount: 1, messageKib };
  const { MBps } = await withScratchFolder((profiles) =>
    raceRawChannels(profiles, { ...race, hasIdleVideo }),
  );
  return MBps;
}

async function runWebTorrent(
  course: Course,
  rival: WebTorrentPackage,
  rivalName: string,
  store: WebTorrentStore,
): Promise<Row> {
  const { scripts, file } = course;
  const result = await withScratchFolder((profiles) =>
    raceWebTorrent(profiles, scripts.webtorrent, file, rival, store),
  );
  checkDigest(rivalName, course, result.digest);
  const name = `${rivalName}${store === 'opfs' ? 'Opfs' : 'Memory'}`;
  return {
    [`${name}MBps`]: toRate(course, result.verifiedMs),
    [`${name}EndToEndMBps`]: toRate(course, result.endToEndMs),
    [`${name}LinkS`]: result.linkMs / 1000,
    [`${name}VerifiedToBlobS`]: result.savedMs / 1000,
  };
}

function toRate({ fileBytes }: Course, tookMs: number): number {
  return fileBytes / 1e6 / (tookMs / 1000);
}

function checkDigest(who: string, { digest }: Course, saved: string): void {
  if (saved !== digest) throw new Error(`${who} saved other bytes than were shared`);
}
