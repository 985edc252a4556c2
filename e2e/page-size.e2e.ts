import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const PAGE = join(import.meta.dirname, '../dist/web');

test('all JavaScript of the page is at most 90 kB gzip', () => {
  const scripts = listScripts();
  expect(scripts.length).toBeGreaterThanOrEqual(2);
  const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(path)).byteLength, 0);
  expect(bytes).toBeLessThanOrEqual(90_000);
});

function listScripts(): string[] {
  return readdirSync(PAGE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js') && path !== 'service-worker.js')
    .map((path) => join(PAGE, path));
}
