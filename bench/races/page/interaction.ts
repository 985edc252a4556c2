import type { Page } from 'playwright-core';

import type { Row } from '../../report.ts';
import { makeSparseFile } from '../../../e2e/files/sample-files.ts';
import { withBrowsers } from '../browser.ts';
import { shareFile } from '../peerify.ts';
import { withScratchFolder } from '../sample-file.ts';
import { showDetails } from './show-details.ts';
import { traceTasks } from './trace-tasks.ts';
import { watchPage } from './watch-page.ts';

/** 10,000 pieces, which are 4 MiB at most. */
const FILE_BYTES = 10_000 * 4 * 1024 ** 2;
const ROUNDS = 15;

/**
 * How long a receiver's page takes to answer a person, while a share of 10,000 pieces comes in at full speed and all
 * details are in sight. The file is one long hole, which takes no room; the transfer is given up after that.
 */
export function measureInteraction(url: string): Promise<Row> {
  return withScratchFolder((folder) =>
    withBrowsers(folder, ['sharer', 'receiver'], async (sharer, { page }) => {
      await sharer.page.goto(url);
      const file = makeSparseFile(folder, 'long.bin', FILE_BYTES);
      await page.goto(await shareFile(sharer.page, file));
      await page.getByRole('button', { name: 'Download', exact: true }).click();
      await showDetails(page);
      await page.getByRole('status').filter({ hasText: 'Downloading' }).waitFor();
      const read = await watchPage(page);
      const readOnCore = await traceTasks(page);
      for (let round = 0; round < ROUNDS; round += 1) await interact(page);
      const { longestTaskMs, longestInteractionMs } = await read();
      const longestTaskOnCoreMs = await readOnCore();
      return { longestInteractionMs, longestTaskMs, longestTaskOnCoreMs };
    }),
  );
}

/** A person types, and looks at the link's details and away again. */
async function interact(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: 'File ID or link' });
  await field.pressSequentially('1abc', { delay: 60 });
  await field.fill('');
  const linkDetails = page.getByText('Link and file ID, to pass on');
  await linkDetails.click();
  await linkDetails.click();
}
