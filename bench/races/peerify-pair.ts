import { rm } from 'node:fs/promises';

import type { ReceiverTimes } from './pages/receiver-probe.ts';
import { computeSha256 } from '../../e2e/files/compute-sha256.ts';
import { withBrowsers } from './browser.ts';
import { shareFile } from './peerify.ts';

export interface PairResult extends ReceiverTimes {
  /** From the last piece verified to the browser's download being finished. */
  readonly savedMs: number;
  /** How much of the receiver's main thread was busy from press to verified, 0 to 1. */
  readonly mainThreadBusy: number;
  /** How much of that time a processor was working for it: a thread that waits for a core is busy too. */
  readonly mainThreadCpu: number;
  /** SHA-256 of the file that was saved, in hex. */
  readonly digest: string;
}

/** One sharer and one receiver, each in a browser process of its own, with the built page and the real tracker. */
export function runPeerifyPair(
  scratchFolder: string,
  url: string,
  probe: string,
  file: string,
): Promise<PairResult> {
  return withBrowsers(scratchFolder, ['sharer', 'receiver'], async (sharer, receiver) => {
    await sharer.page.goto(url);
    const link = await shareFile(sharer.page, file);
    const { page, context } = receiver;
    await page.addInitScript(probe);
    await page.goto(link);
    const metrics = await context.newCDPSession(page);
    await metrics.send('Performance.enable');
    const button = page.getByRole('button', { name: 'Download' });
    await button.waitFor();
    const before = toFigures(await metrics.send('Performance.getMetrics'));
    const downloading = page.waitForEvent('download', { timeout: 0 });
    await button.click();
    const times = await page.evaluate(() => window.receiverProbe.verified);
    const after = toFigures(await metrics.send('Performance.getMetrics'));
    const tookSeconds = after.atSeconds - before.atSeconds;
    const download = await downloading;
    const path = await download.path();
    const savedAtMs = await page.evaluate(() => performance.now());
    const digest = await computeSha256(path);
    await rm(path);
    return {
      ...times,
      savedMs: savedAtMs - times.verifiedAtMs,
      mainThreadBusy: (after.taskSeconds - before.taskSeconds) / tookSeconds,
      mainThreadCpu: (after.cpuSeconds - before.cpuSeconds) / tookSeconds,
      digest,
    };
  });
}

function toFigures({ metrics }: { metrics: readonly { name: string; value: number }[] }): {
  readonly taskSeconds: number;
  readonly cpuSeconds: number;
  readonly atSeconds: number;
} {
  const find = (wanted: string): number =>
    metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return {
    taskSeconds: find('TaskDuration'),
    cpuSeconds: find('ThreadTime'),
    atSeconds: find('Timestamp'),
  };
}
