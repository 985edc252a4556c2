import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import type { RawRates } from './raw-channel.ts';
import type { WebTorrentStore } from './pages/webtorrent-race.ts';
import { computeSha256 } from '../../e2e/files/compute-sha256.ts';
import { printLine, printSummary } from '../report.ts';
import { bundlePageScript } from './page-script.ts';
import { withPeerify } from './peerify.ts';
import { runPeerifyPair } from './peerify-pair.ts';
import { RAW_MESSAGE_KIB, raceRawChannel } from './raw-channel.ts';
import { withScratchFolder, writeRandomFile } from './sample-file.ts';
import { installRivals, raceWebTorrent } from './webtorrent.ts';

const WEBTORRENT_STORES: readonly WebTorrentStore[] = ['memory', 'opfs'];

interface Course {
  readonly scratchFolder: string;
  readonly url: string;
  readonly file: string;
  readonly fileBytes: number;
  readonly digest: string;
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
 * Peerify and WebTorrent: is there and verified), connecting left out, saving left out.
 */
export async function racePair({ repeats, megabytes }: BenchOptions): Promise<void> {
  const skipped = await installRivals();
  if (skipped !== undefined) printLine({ skipped: 'WebTorrent', because: skipped });
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      const file = join(folder, 'random.bin');
      await writeRandomFile(file, megabytes * 1e6);
      const course = {
        url,
        file,
        fileBytes: (await stat(file)).size,
        digest: await computeSha256(file),
        withRival: skipped === undefined,
        scripts: {
          raw: await bundlePageScript('raw-channel'),
          receiver: await bundlePageScript('receiver-probe'),
          webtorrent: await bundlePageScript('webtorrent-race'),
        },
      };
      const rows: Row[] = [];
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const row = await withScratchFolder((scratchFolder) =>
          runArms({ ...course, scratchFolder }, repeat),
        );
        printLine({ repeat, ...row });
        rows.push(row);
      }
      printSummary('pair', rows, { megabytes });
    }),
  );
}

/** Each repeat begins with another arm, so that none has the quietest moment every time. */
async function runArms(course: Course, repeat: number): Promise<Row> {
  const arms = [runPeerify, runRaw, ...(course.withRival ? [runWebTorrent] : [])];
  const first = repeat % arms.length;
  const figures: Record<string, number> = {};
  for (const run of [...arms.slice(first), ...arms.slice(0, first)]) {
    Object.assign(figures, await run(course));
  }
  return { ...figures, ...computeRatios(figures) };
}

async function runPeerify(course: Course): Promise<Row> {
  const { scratchFolder, url, scripts, file } = course;
  const result = await runPeerifyPair(scratchFolder, url, scripts.receiver, file);
  checkDigest('Peerify', course, result.digest);
  const { pressedAtMs, firstBlockAtMs, verifiedAtMs } = result;
  return {
    oursMBps: toRate(course, verifiedAtMs - firstBlockAtMs),
    oursPressToFirstBlockMs: firstBlockAtMs - pressedAtMs,
    oursPressToVerifiedS: (verifiedAtMs - pressedAtMs) / 1000,
    oursVerifiedToSavedS: result.savedMs / 1000,
    oursMainThreadBusy: result.mainThreadBusy,
    oursLongestTaskMs: result.longestTaskMs,
  };
}

async function runRaw({ scratchFolder, scripts, fileBytes }: Course): Promise<RawRates> {
  return raceRawChannel(scratchFolder, scripts.raw, fileBytes);
}

async function runWebTorrent(course: Course): Promise<Row> {
  const { scratchFolder, scripts, file } = course;
  const figures: Record<string, number> = {};
  for (const store of WEBTORRENT_STORES) {
    const result = await raceWebTorrent(scratchFolder, scripts.webtorrent, file, store);
    checkDigest('WebTorrent', course, result.digest);
    const name = store === 'opfs' ? 'Opfs' : 'Memory';
    figures[`webtorrent${name}MBps`] = toRate(course, result.verifiedMs);
    figures[`webtorrent${name}LinkS`] = result.linkMs / 1000;
    figures[`webtorrent${name}VerifiedToBlobS`] = result.savedMs / 1000;
  }
  return figures;
}

/** Against the best that each rival did in this repeat. */
function computeRatios(figures: Row): Row {
  const { oursMBps = Number.NaN } = figures;
  const raw = findBest(
    figures,
    RAW_MESSAGE_KIB.map((kib) => `raw${kib}KiBMBps`),
  );
  const rival = findBest(figures, ['webtorrentMemoryMBps', 'webtorrentOpfsMBps']);
  return {
    ...(raw === undefined ? {} : { oursToRaw: oursMBps / raw }),
    ...(rival === undefined ? {} : { oursToWebtorrent: oursMBps / rival }),
  };
}

function findBest(figures: Row, names: readonly string[]): number | undefined {
  const rates = names.map((name) => figures[name]).filter((rate) => rate !== undefined);
  return rates.length === 0 ? undefined : Math.max(...rates);
}

function toRate({ fileBytes }: Course, tookMs: number): number {
  return fileBytes / 1e6 / (tookMs / 1000);
}

function checkDigest(who: string, { digest }: Course, saved: string): void {
  if (saved !== digest) throw new Error(`${who} saved other bytes than were shared`);
}
