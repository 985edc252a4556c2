import { rm } from 'node:fs/promises';

import type { BenchOptions } from '../options.ts';
import type { Row } from '../report.ts';
import { printRepeats } from '../report.ts';
import { computeSha256 } from '../../e2e/files/compute-sha256.ts';
import { samplePeak, watchMemory } from '../../e2e/stage/memory-watch.ts';
import { withBrowsers } from './browser.ts';
import { bundlePageScript } from './page-script.ts';
import { shareFile, withPeerify } from './peerify.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';

/**
 * How far the receiver's memory grows beyond the opened link's, which is idle, until the file is saved: its JavaScript heap with
 * the buffers that belong to it, garbage included, and the resident memory of its renderer and of the whole browser.
 */
export async function measureMemory({ repeats, megabytes }: BenchOptions): Promise<void> {
  const probe = await bundlePageScript('receiver-probe');
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      const { file, digest } = await writeSampleFile(folder, megabytes);
      await printRepeats('memory', repeats, { megabytes }, () =>
        withScratchFolder((profiles) => watchDownload(profiles, url, probe, file, digest)),
      );
    }),
  );
}

function watchDownload(
  profiles: string,
  url: string,
  probe: string,
  file: string,
  digest: string,
): Promise<Row> {
  return withBrowsers(profiles, ['sharer', 'receiver'], async (sharer, receiver) => {
    await sharer.page.goto(url);
    const link = await shareFile(sharer.page, file);
    const { page } = receiver;
    await page.addInitScript(probe);
    await page.goto(link);
    const button = page.getByRole('button', { name: 'Download' });
    await button.waitFor();
    const watch = await watchMemory(page);
    const idle = await watch.sampleAfterCollection();
    const downloading = page.waitForEvent('download', { timeout: 0 });
    await button.click();
    const verified = await samplePeak(
      watch,
      page.evaluate(() => window.receiverProbe.verified),
    );
    const saved = await samplePeak(
      watch,
      downloading.then((download) => download.path()),
    );
    const settled = await watch.sampleAfterCollection();
    if ((await computeSha256(saved.result)) !== digest) throw new Error('other bytes were saved');
    await rm(saved.result);
    return {
      idleHeapMB: idle.heapMB,
      heapGrowthMB: Math.max(verified.peak.heapMB, saved.peak.heapMB) - idle.heapMB,
      heapGrowthDownloadingMB: verified.peak.heapMB - idle.heapMB,
      heapGrowthSavingMB: saved.peak.heapMB - idle.heapMB,
      heapGrowthAfterMB: settled.heapMB - idle.heapMB,
      idleRendererMB: idle.rendererMB,
      rendererGrowthMB: Math.max(verified.peak.rendererMB, saved.peak.rendererMB) - idle.rendererMB,
      idleBrowserMB: idle.browserMB,
      browserGrowthMB: Math.max(verified.peak.browserMB, saved.peak.browserMB) - idle.browserMB,
    };
  });
}
