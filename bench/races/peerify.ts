import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { build } from 'vite';

import { startTracker } from '../../server/start-tracker.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Builds the page into a folder of its own and serves it with the real tracker while `work` runs. */
export async function withPeerify<Result>(
  scratchFolder: string,
  work: (url: string) => Promise<Result>,
  host = '127.0.0.1',
): Promise<Result> {
  const pageRoot = join(scratchFolder, 'page');
  await build({
    root: join(ROOT, 'web'),
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: pageRoot },
  });
  const tracker = await startTracker({ host, pageRoot });
  try {
    return await work(tracker.url);
  } finally {
    await tracker.close();
  }
}

/** Chooses the file on the start page, which is open; resolves with the link. */
export async function shareFile(page: Page, file: string): Promise<string> {
  await page.getByLabel('Choose files').setInputFiles(file);
  return page.getByLabel('Share link').inputValue();
}
