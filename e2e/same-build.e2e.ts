import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { test } from './stage/test.ts';

const HERE = join(import.meta.dirname, '..');
const BUILT = 'dist/web';

test('the page built elsewhere from the same sources is the same, and served as it was built', async ({
  stage,
}) => {
  const there = join(stage.folder, 'sources');
  mkdirSync(there);
  for (const name of listSources())
    cpSync(join(HERE, name), join(there, name), { recursive: true });
  symlinkSync(join(HERE, 'node_modules'), join(there, 'node_modules'));
  // The runner's own environment says that this is a test.
  const env = { PATH: process.env['PATH'] };
  execFileSync(join(there, 'node_modules/.bin/vite'), ['build'], {
    cwd: there,
    env,
    stdio: 'ignore',
  });
  const paths = listFiles(join(HERE, BUILT));
  expect(paths).toContain('index.html');
  expect(listFiles(join(there, BUILT))).toEqual(paths);
  const others: string[] = [];
  for (const path of paths) {
    const built = readFileSync(join(HERE, BUILT, path));
    if (!built.equals(readFileSync(join(there, BUILT, path)))) others.push(`${path}, built there`);
    if (!built.equals(await download(stage.url, path))) others.push(`${path}, as it is served`);
    if (path !== 'index.html') continue;
    if (!built.equals(await download(stage.url, ''))) others.push('what is served without a path');
  }
  expect(others).toEqual([]);
});

async function download(url: string, path: string): Promise<Buffer> {
  return Buffer.from(await (await fetch(new URL(path, url))).arrayBuffer());
}

/** What a build reads. */
function listSources(): string[] {
  const configs = readdirSync(HERE).filter((name) =>
    /^(?:vite|tsconfig)\..*|^(?:package|tsconfig)\.json$/.test(name),
  );
  return ['web', 'shared', ...configs];
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).toSorted();
}
