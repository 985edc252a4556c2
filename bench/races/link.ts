import { join } from 'node:path';

import type { BenchOptions } from '../options.ts';
import { makeSparseFile } from '../../e2e/files/sample-files.ts';
import { printRepeats, rotateArms } from '../report.ts';
import { openBrowser } from './browser.ts';
import { bundlePageScript } from './page-script.ts';
import { shareFile, withPeerify } from './peerify.ts';
import { withScratchFolder } from './sample-file.ts';

const SIZES = [
  { name: '10MB', byteLength: 10e6 },
  { name: '10GB', byteLength: 10e9 },
] as const;

/**
 * From choosing a file to the link's presence, in a fresh browser each time: inside the page from the input's change,
 * and outside from handing the file to the browser until the link was read back.
 */
export async function raceLink({ repeats }: BenchOptions): Promise<void> {
  const probe = await bundlePageScript('link-probe');
  await withScratchFolder((folder) =>
    withPeerify(folder, async (url) => {
      for (const { name, byteLength } of SIZES) {
        makeSparseFile(folder, `${name}.bin`, byteLength);
      }
      await printRepeats('link', repeats, {}, async (repeat) => {
        const row: Record<string, number> = {};
        for (const { name } of rotateArms(SIZES, repeat)) {
          const { insideMs, outsideMs } = await timeLink(url, probe, join(folder, `${name}.bin`));
          row[`link${name}Ms`] = insideMs;
          row[`link${name}OutsideMs`] = outsideMs;
        }
        return row;
      });
    }),
  );
}

function timeLink(
  url: string,
  probe: string,
  file: string,
): Promise<{ readonly insideMs: number; readonly outsideMs: number }> {
  return withScratchFolder(async (profiles) => {
    const { page, context } = await openBrowser(profiles, 'sharer');
    try {
      await page.addInitScript(probe);
      await page.goto(url);
      await page.getByLabel('Choose files').waitFor({ state: 'attached' });
      const startedAtMs = performance.now();
      await shareFile(page, file);
      const outsideMs = performance.now() - startedAtMs;
      return { insideMs: await page.evaluate(() => window.linkProbe.linkMs), outsideMs };
    } finally {
      await context.close();
    }
  });
}
