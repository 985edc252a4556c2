import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findUnzip } from './browser/find-unzip.ts';
import { provideProgram, UNZIP } from './browser/provide-program.ts';
import { receive } from './stage/receive.ts';
import { test } from './stage/test.ts';

const FILE_COUNT = 5_000;
const FOLDERS = ['many', 'many/Ünïcode', 'many/深い/フォルダ', 'many/مجلد', 'many/emoji 🎉/inner'];
const LARGEST_BYTES = 6_000;

test('a folder of 5,000 small files goes from one browser to another, and unzip unpacks the zip of it byte for byte', async ({
  stage,
}) => {
  expect(provideProgram(UNZIP)).toBeUndefined();
  const files = makeFiles(stage.folder);
  const sharer = await stage.openTab();
  await sharer.page.getByLabel('Choose a folder').setInputFiles(join(stage.folder, 'many'));
  const receiver = await stage.openTab();
  const card = await receiver.openLink(await sharer.card('many').link());
  const { name, path } = await receive(card, stage.folder);
  expect(name).toBe('many.zip');

  const unpacked = join(stage.folder, 'unpacked');
  const unzipping = spawnSync(findUnzip() ?? 'unzip', ['-qq', path, '-d', unpacked], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  expect([unzipping.error, unzipping.status, unzipping.stderr]).toEqual([undefined, 0, '']);
  expect(listFiles(unpacked)).toEqual([...files.keys()].toSorted());
  for (const [file, bytes] of files) {
    const isSame = readFileSync(join(unpacked, file)).equals(bytes);
    expect([file, isSame]).toEqual([file, true]);
  }
});

/** Of no bytes to 6 kB, a third of them compressible. */
function makeFiles(folder: string): ReadonlyMap<string, Uint8Array> {
  for (const inner of FOLDERS) mkdirSync(join(folder, inner), { recursive: true });
  const files = Array.from({ length: FILE_COUNT }, (_, i): [string, Uint8Array] => {
    const path = `${FOLDERS[i % FOLDERS.length] ?? ''}/файл ${i}.bin`;
    const bytes = new Uint8Array((i * 37) % LARGEST_BYTES);
    return [path, i % 3 === 0 ? bytes.fill(i) : randomFillSync(bytes)];
  });
  for (const [path, bytes] of files) writeFileSync(join(folder, path), bytes);
  return new Map(files);
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .toSorted();
}
