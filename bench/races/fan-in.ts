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

const SEEDERS = 4;

interface Course extends SampleFile {
  readonly url: string;
  readonly scripts: { readonly raw: string; readonly receiver: string };
}

/**
 * Four seeders and one leecher, each in a browser process of its own, against four bare data channels at once into one
 * browser, counted there together. From the first byte at the receiver to the last one, verified.
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
      await printRepeats('fan-in', repeats, { megabytes, seeders: SEEDERS }, async (repeat) => {
        const figures: Record<string, number> = {};
        for (const run of rotateArms([runPeerify, runRaw], repeat)) {
          Object.assign(figures, await withScratchFolder((scratch) => run(course, scratch)));
        }
        const raw = Math.max(...RAW_MESSAGE_KIB.map((kib) => figures[`raw${kib}KiBMBps`] ?? 0));
        return { ...figures, oursToRaw: (figures['oursMBps'] ?? Number.NaN) / raw };
      });
    }),
  );
}

function runPeerify(course: Course, scratchFolder: string): Promise<Row> {
  const names = Array.from({ length: SEEDERS + 1 }, (_, i) => `peer-${i}`);
  const openers = names.map((name) => () => openBrowser(scratchFolder, name));
  return withBrowserGroup(openers, async ([sharer, leecher, ...others]) => {
    if (sharer === undefined || leecher === undefined) throw new Error('too few browsers');
    await sharer.page.goto(course.url);
    const link = await shareFile(sharer.page, course.file);
    await Promise.all(others.map(({ page }) => download(course, page, link)));
    const { firstBlockAtMs, verifiedAtMs } = await download(course, leecher.page, link);
    return { oursMBps: course.fileBytes / 1000 / (verifiedAtMs - firstBlockAtMs) };
  });
}

function runRaw({ scripts, fileBytes }: Course, scratchFolder: string): Promise<Row> {
  return raceRawChannels(scratchFolder, scripts.raw, fileBytes, SEEDERS);
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
