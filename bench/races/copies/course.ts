import type { Page } from 'playwright-core';

import type { SampleFile } from '../sample-file.ts';

/** What every arm runs on. */
export interface CopiesCourse extends SampleFile {
  readonly url: string;
  /** A folder for the browsers' profiles. */
  readonly profiles: string;
}

export const VOLUNTEERS = ['volunteer-1', 'volunteer-2', 'volunteer-3'] as const;
/** Past this a run counts as failed. */
export const PATIENCE_MS = 120_000;

/** Turns the switch, as a person does. */
export async function volunteer(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('switch', { name: 'Help keep files available' }).click();
}

/** Resolves when the sharer's page says that its tab may be closed. */
export function waitUntilTold(page: Page): Promise<void> {
  return page.getByText('You can close this tab').waitFor({ timeout: PATIENCE_MS });
}
