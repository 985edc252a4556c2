import { rm } from 'node:fs/promises';

import type { Page } from 'playwright-core';

import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import type { ReceiverTimes } from './pages/receiver-probe.ts';
import { computeSha256 } from '../../e2e/files/compute-sha256.ts';
import { printRepeats, rotateArms } from '../report.ts';
import { openBrowser, withBrowserGroup } from './browser.ts';
import type { SampleFile } from './sample-file.ts';
import { bundlePageScript } from './page-script.ts';
import { shareFile, withPeerify } from './peerify.ts';
import { RAW_MESSAGE_KIB, raceRawChannels } from './raw-channel.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';
import { computeMedian } from '../statistics.ts';

const SEEDERS = 4;

interface Course extends SampleFile {
  readonly url: string;
  readonly scripts: { readonly raw: string; readonly receiver: string };
}

/**
 * Four seeders and one leecher, each in a browser process of its own, against four bare data channels at once into one
 * browser, counted there together. From the first byte at the receiver to the last one, verified. The bare channels run
 * once for each message size, and a new leecher beside each of these: best is divided by best, of as many runs. The
 * seeders stay open, idle, while the bare channels run.
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
        withSeeders(course, (link) => runArms(course, link, repeat)),
      );
    }),
  );
}

async function runArms(course: Course, link: string, repeat: number): Promise<Row> {
  const ours: number[] = [];
  const raw: Record<string, number> = {};
  const arms = RAW_MESSAGE_KIB.flatMap((kib) => [
    async () => {
      ours.push(await withScratchFolder((scratch) => runLeecher(course, scratch, link)));
    },
    async () => {
      Object.assign(raw, await withScratchFolder((scratch) => runRaw(course, scratch, kib)));
    },
  ]);
  for (const run of rotateArms(arms, repeat)) await run();
  return {
    ...raw,
    oursMBps: Math.max(...ours),
    oursMedianMBps: computeMedian(ours),
    oursToRaw: Math.max(...ours) / Math.max(...Object.values(raw)),
  };
}

/** Lets `work` use a share that four browsers have all of. */
function withSeeders<Result>(
  course: Course,
  work: (link: string) => Promise<Result>,
): Promise<Result> {
  return withScratchFolder((scratch) => {
    const names = Array.from({ length: SEEDERS }, (_, i) => `seeder-${i}`);
    const openers = names.map((name) => () => openBrowser(scratch, name));
    return withBrowserGroup(openers, async ([sharer, ...others]) => {
      if (sharer === undefined) throw new Error('too few browsers');
      await sharer.page.goto(course.url);
      const link = await shareFile(sharer.page, course.file);
      await Promise.all(others.map(({ page }) => download(course, page, link)));
      return work(link);
    });
  });
}

function runRaw({ scripts, fileBytes }: Course, scratch: string, kib: number): Promise<Row> {
  return raceRawChannels(scratch, scripts.raw, fileBytes, SEEDERS, [kib]);
}

async function runLeecher(course: Course, scratch: string, link: string): Promise<number> {
  const { page, context } = await openBrowser(scratch, 'leecher');
  try {
    const { firstBlockAtMs, verifiedAtMs } = await download(course, page, link);
    return course.fileBytes / 1000 / (verifiedAtMs - firstBlockAtMs);
  } finally {
    await context.close();
  }
}

async function download(course: Course, page: Page, link: string): Promise<ReceiverTimes> {
  await page.addInitScript(course.scripts.receiver);
  await page.goto(link);
  const downloading = page.waitForEvent('download', { timeout: 0 });
  await page.getByRole('button', { name: 'Download' }).click();
  const times = await page.evaluate(() => window.receiverProbe.verified);
  const path = await (await downloading).path();
  if ((await computeSha256(path)) !== course.digest) throw new Error('other bytes were saved');
  await rm(path);
  return times;
}
