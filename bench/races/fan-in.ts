import { rm } from 'node:fs/promises';

import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import type { BenchBrowser } from './browser.ts';
import type { ReceiverTimes } from './pages/receiver-probe.ts';
import type { ProcessorTimed } from './processor-time.ts';
import type { RawRun } from './raw-channel.ts';
import { computeSha256 } from '../../e2e/files/compute-sha256.ts';
import { printRepeats, rotateArms } from '../report.ts';
import { openBrowser, withBrowserGroup } from './browser.ts';
import type { SampleFile } from './sample-file.ts';
import { bundlePageScript } from './page-script.ts';
import { shareFile, withPeerify } from './peerify.ts';
import { timeProcessors } from './processor-time.ts';
import { RAW_MESSAGE_KIB, raceRawChannels } from './raw-channel.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';
import { computeMedian } from '../statistics.ts';

const SEEDERS = 4;

/** What everybody downloads, and from whom. */
interface Seeded {
  readonly link: string;
  readonly seeders: readonly BenchBrowser[];
}

type Run = Pick<RawRun, 'MBps' | 'processorSecondsPerGB'>;

interface Course extends SampleFile {
  readonly url: string;
  readonly scripts: { readonly raw: string; readonly receiver: string };
}

/**
 * Four seeders and one leecher, each in a browser process of its own, against four bare data channels at once into one
 * browser, counted there together. From the first byte at the receiver to the last one, verified. The bare channels run
 * once for each message size, and a new leecher beside each of these: best is divided by best, of as many runs. The
 * seeders stay open, idle, while the bare channels run. Beside each of these two rates stands what it took of the
 * processors; ours from the press, with connecting, though the rate counts from the first byte.
 */
export async function raceFanIn({ repeats, megabytes }: BenchOptions): Promise<void> {
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      const course = {
        url,
        ...(await writeSampleFile(folder, megabytes)),
        scripts: {
          raw: await bundlePageScript('raw-channel'),
          receiver: await bundlePageScript('receiver-probe'),
        },
      };
      await printRepeats('fan-in', repeats, { megabytes, seeders: SEEDERS }, (repeat) =>
        withSeeders(course, (seeded) => runArms(course, seeded, repeat)),
      );
    }),
  );
}

async function runArms(course: Course, seeded: Seeded, repeat: number): Promise<Row> {
  const ours: Run[] = [];
  const raw: RawRun[] = [];
  const arms = RAW_MESSAGE_KIB.flatMap((kib) => [
    async () => {
      ours.push(await withScratchFolder((scratch) => runLeecher(course, scratch, seeded)));
    },
    async () => {
      raw.push(await withScratchFolder((scratch) => runRaw(course, scratch, kib)));
    },
  ]);
  for (const run of rotateArms(arms, repeat)) await run();
  const [bestOurs, bestRaw] = [findFastest(ours), findFastest(raw)];
  return {
    ...Object.fromEntries(raw.map(({ messageKib, MBps }) => [`raw${messageKib}KiBMBps`, MBps])),
    oursMBps: bestOurs.MBps,
    oursMedianMBps: computeMedian(ours.map(({ MBps }) => MBps)),
    oursToRaw: bestOurs.MBps / bestRaw.MBps,
    oursProcessorSecondsPerGB: bestOurs.processorSecondsPerGB,
    rawProcessorSecondsPerGB: bestRaw.processorSecondsPerGB,
    processorRawToOurs: bestRaw.processorSecondsPerGB / bestOurs.processorSecondsPerGB,
  };
}

function findFastest(runs: readonly Run[]): Run {
  return runs.reduce((best, run) => (run.MBps > best.MBps ? run : best));
}

/** Lets `work` use a share that four browsers have all of. */
function withSeeders<Result>(
  course: Course,
  work: (seeded: Seeded) => Promise<Result>,
): Promise<Result> {
  return withScratchFolder((scratch) => {
    const names = Array.from({ length: SEEDERS }, (_, i) => `seeder-${i}`);
    const openers = names.map((name) => () => openBrowser(scratch, name));
    return withBrowserGroup(openers, async (seeders) => {
      const [sharer, ...others] = seeders;
      if (sharer === undefined) throw new Error('too few browsers');
      await sharer.page.goto(course.url);
      const link = await shareFile(sharer.page, course.file);
      await Promise.all(others.map((leecher) => download(course, leecher, link)));
      return work({ link, seeders });
    });
  });
}

function runRaw({ scripts, fileBytes }: Course, scratch: string, kib: number): Promise<RawRun> {
  return raceRawChannels(scratch, {
    script: scripts.raw,
    totalBytes: fileBytes,
    senderCount: SEEDERS,
    messageKib: kib,
  });
}

async function runLeecher(
  course: Course,
  scratch: string,
  { link, seeders }: Seeded,
): Promise<Run> {
  const leecher = await openBrowser(scratch, 'leecher');
  try {
    const { result, processorSeconds } = await download(course, leecher, link, seeders);
    const { firstBlockAtMs, verifiedAtMs } = result;
    return {
      MBps: course.fileBytes / 1000 / (verifiedAtMs - firstBlockAtMs),
      processorSecondsPerGB: processorSeconds / (course.fileBytes / 1e9),
    };
  } finally {
    await leecher.context.close();
  }
}

/** Processors are timed from the press of Download until the last piece is verified. */
async function download(
  course: Course,
  leecher: BenchBrowser,
  link: string,
  seeders: readonly BenchBrowser[] = [],
): Promise<ProcessorTimed<ReceiverTimes>> {
  const { page } = leecher;
  await page.addInitScript(course.scripts.receiver);
  await page.goto(link);
  const button = page.getByRole('button', { name: 'Download' });
  await button.waitFor();
  const downloading = page.waitForEvent('download', { timeout: 0 });
  const timed = await timeProcessors([leecher, ...seeders], async () => {
    await button.click();
    return page.evaluate(() => window.receiverProbe.verified);
  });
  const path = await (await downloading).path();
  if ((await computeSha256(path)) !== course.digest) throw new Error('other bytes were saved');
  await rm(path);
  return timed;
}
