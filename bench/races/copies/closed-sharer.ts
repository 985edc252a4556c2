import { rm } from 'node:fs/promises';

import type { Page } from 'playwright-core';

import type { Row } from '../../report.ts';
import type { CopiesCourse } from './course.ts';
import { computeSha256 } from '../../../e2e/files/compute-sha256.ts';
import { openBrowser, withBrowserGroup } from '../browser.ts';
import { shareFile } from '../peerify.ts';
import { PATIENCE_MS, volunteer, VOLUNTEERS, waitUntilTold } from './course.ts';

/**
 * A sharer, three volunteers and a receiver; once the page says so the sharer's browser is closed, and a new receiver
 * opens the link. `closedGotAll` is 1 where it gets every byte as it was.
 */
export async function runClosedSharer(course: CopiesCourse): Promise<Row> {
  const { url, profiles, file } = course;
  const names = ['sharer', 'receiver', 'newcomer', ...VOLUNTEERS];
  const openers = names.map((name) => () => openBrowser(profiles, name));
  return withBrowserGroup(openers, async ([sharer, receiver, newcomer, ...volunteers]) => {
    if (sharer === undefined || receiver === undefined || newcomer === undefined) {
      throw new Error('six browsers were opened');
    }
    await Promise.all(volunteers.map(({ page }) => volunteer(page, url)));
    await sharer.page.goto(url);
    const link = await shareFile(sharer.page, file);
    const sharedAtMs = performance.now();
    const [, isFirstRight] = await Promise.all([
      waitUntilTold(sharer.page),
      download(receiver.page, link, course),
    ]);
    const toldAtMs = performance.now();
    await sharer.context.close();
    const isRight = await download(newcomer.page, link, course);
    return {
      closedGotAll: isFirstRight && isRight ? 1 : 0,
      closedToldS: (toldAtMs - sharedAtMs) / 1000,
      closedFetchS: (performance.now() - toldAtMs) / 1000,
    };
  });
}

/** Whether what is saved in the end is what was shared. */
async function download(page: Page, link: string, { digest }: CopiesCourse): Promise<boolean> {
  await page.goto(link);
  const saving = page.waitForEvent('download', { timeout: PATIENCE_MS });
  await page.getByRole('button', { name: 'Download' }).click();
  const saved = await saving.catch(() => undefined);
  if (saved === undefined) return false;
  const path = await saved.path();
  const isRight = (await computeSha256(path)) === digest;
  await rm(path);
  return isRight;
}
