import { rm } from 'node:fs/promises';

import type { Page } from 'playwright-core';

import type { BenchOptions } from '../options.ts';
import { computeSha256 } from '../../e2e/files/compute-sha256.ts';
import { printRepeats } from '../report.ts';
import { withBrowsers } from './browser.ts';
import { bundlePageScript } from './page-script.ts';
import { shareFile, withPeerify } from './peerify.ts';
import { withScratchFolder, writeSampleFile } from './sample-file.ts';

/**
 * How quickly a complete download becomes a file: decrypted, streamed through the browser and written. Once by itself,
 * when the last piece was verified, and once more by pressing "Save again", when nothing else is going on.
 */
export async function raceSave({ repeats, megabytes }: BenchOptions): Promise<void> {
  const probe = await bundlePageScript('receiver-probe');
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      const { file, fileBytes, digest } = await writeSampleFile(folder, megabytes);
      const fileKilobytes = fileBytes / 1000;
      await printRepeats('save', repeats, { megabytes }, async () => {
        const { firstMs, againMs } = await withScratchFolder((profiles) =>
          saveTwice(profiles, { url, probe, file, digest }),
        );
        return { saveMBps: fileKilobytes / firstMs, saveAgainMBps: fileKilobytes / againMs };
      });
    }),
  );
}

interface SaveCourse {
  readonly url: string;
  readonly probe: string;
  readonly file: string;
  readonly digest: string;
}

function saveTwice(
  profiles: string,
  { url, probe, file, digest }: SaveCourse,
): Promise<{ readonly firstMs: number; readonly againMs: number }> {
  return withBrowsers(profiles, ['sharer', 'receiver'], async (sharer, { page }) => {
    await sharer.page.goto(url);
    const link = await shareFile(sharer.page, file);
    await page.addInitScript(probe);
    await page.goto(link);
    const saving = waitUntilSaved(page, digest);
    await page.getByRole('button', { name: 'Download' }).click();
    const { verifiedAtMs } = await page.evaluate(() => window.receiverProbe.verified);
    const firstMs = (await saving) - verifiedAtMs;
    const button = page.getByRole('button', { name: 'Save again' });
    await button.waitFor();
    const savingAgain = waitUntilSaved(page, digest);
    const pressedAtMs = await page.evaluate(() => performance.now());
    await button.click();
    return { firstMs, againMs: (await savingAgain) - pressedAtMs };
  });
}

/** Resolves with the page's own time when the browser's next download is on the disk, and is right. */
async function waitUntilSaved(page: Page, digest: string): Promise<number> {
  const download = await page.waitForEvent('download', { timeout: 0 });
  const path = await download.path();
  const savedAtMs = await page.evaluate(() => performance.now());
  if ((await computeSha256(path)) !== digest) throw new Error('other bytes were saved');
  await rm(path);
  return savedAtMs;
}
