import { rm } from 'node:fs/promises';

import type { Row } from '../../report.ts';
import { withBrowsers } from '../browser.ts';
import { shareFile } from '../peerify.ts';
import { withScratchFolder, writeSampleFile } from '../sample-file.ts';
import { showDetails } from './show-details.ts';
import { watchPage } from './watch-page.ts';

const MEGABYTES = 200;

/** The longest task of either page, from pressing Download to the saved file, with all details in sight. */
export function measureTasks(url: string): Promise<Row> {
  return withScratchFolder(async (folder) => {
    const { file } = await writeSampleFile(folder, MEGABYTES);
    return withBrowsers(folder, ['sharer', 'receiver'], async (sharer, receiver) => {
      await sharer.page.goto(url);
      const link = await shareFile(sharer.page, file);
      await receiver.page.goto(link);
      await receiver.page.getByRole('button', { name: 'Download', exact: true }).waitFor();
      await showDetails(sharer.page);
      const reads = [await watchPage(sharer.page), await watchPage(receiver.page)];
      const downloading = receiver.page.waitForEvent('download', { timeout: 0 });
      await receiver.page.getByRole('button', { name: 'Download', exact: true }).click();
      await showDetails(receiver.page);
      await rm(await (await downloading).path());
      const [atSharer, atReceiver] = await Promise.all(reads.map((read) => read()));
      return {
        sharerLongestTaskMs: atSharer?.longestTaskMs ?? Number.NaN,
        receiverLongestTaskMs: atReceiver?.longestTaskMs ?? Number.NaN,
      };
    });
  });
}
