import { join } from 'node:path';

import type { Page } from 'playwright-core';
import type { Plugin } from 'vite';
import { build } from 'vite';

import { startTracker } from '../../server/start-tracker.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface PeerifyOptions {
  readonly host?: string;
  /** Receivers keep pieces in memory, and not in IndexedDB. */
  readonly hasMemoryStore?: boolean;
}

/** Builds the page into a folder of its own and serves it with the real tracker while `work` runs. */
export async function withPeerify<Result>(
  scratchFolder: string,
  work: (url: string) => Promise<Result>,
  { host = '127.0.0.1', hasMemoryStore = false }: PeerifyOptions = {},
): Promise<Result> {
  const pageRoot = join(scratchFolder, hasMemoryStore ? 'page-with-memory-store' : 'page');
  await build({
    root: join(ROOT, 'web'),
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: pageRoot },
    plugins: hasMemoryStore ? [memoryStores] : [],
  });
  const tracker = await startTracker({ host, pageRoot });
  try {
    return await work(tracker.url);
  } finally {
    await tracker.close();
  }
}

/** The only thing in which the page of one arm differs: where `main.tsx` gets its stores from. */
const memoryStores: Plugin = {
  name: 'memory-stores',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source.endsWith('/idb-share-stores.ts') && importer?.endsWith('/web/main.tsx') === true
      ? join(import.meta.dirname, 'pages/memory-share-stores.ts')
      : undefined,
};

/** Chooses the file on the start page, which is open; resolves with the link. */
export async function shareFile(page: Page, file: string): Promise<string> {
  await page.getByLabel('Choose files').setInputFiles(file);
  return page.getByLabel('Share link').inputValue();
}
