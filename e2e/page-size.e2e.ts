import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { test } from './stage/test.ts';

const PAGE = join(import.meta.dirname, '../dist/web');

/** What else the page loads is fetched when it is first needed. */
test('JavaScript before the first share is at most 90 kB gzip', async ({ stage }) => {
  const context = await stage.openContext();
  const paths = new Set<string>();
  context.on('response', (response) => {
    // What the worker keeps for later comes after the page.
    if (response.request().serviceWorker() !== null) return;
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js')) paths.add(pathname);
  });
  const tab = await stage.openTabIn(context);
  await tab.page.waitForLoadState('networkidle');
  expect(paths.size).toBeGreaterThanOrEqual(1);
  const sizes = [...paths].map((path) => gzipSync(readFileSync(join(PAGE, path))).byteLength);
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(90_000);
});
