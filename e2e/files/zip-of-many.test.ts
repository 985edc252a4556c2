import { spawnSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareDownload } from '../../web/save/prepare-download.ts';
import { readZip } from './read-zip.ts';

const FILE_COUNT = 1_000;
const FOLDERS = ['top', 'top/Ünïcode', 'top/深い/フォルダ', 'top/مجلد', 'top/emoji 🎉/inner'];

function createFiles(): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  return new Map(
    Array.from({ length: FILE_COUNT }, (_, i) => {
      const folder = FOLDERS[i % FOLDERS.length] ?? '';
      return [`${folder}/файл ${i}.bin`, randomFillSync(new Uint8Array((i * 37) % 3_000))];
    }),
  );
}

async function writeZip(path: string, files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) {
  const { stream, size } = prepareDownload({
    name: 'top.zip',
    form: 'zip',
    files: Array.from(files, ([path, bytes]) => ({
      path,
      size: bytes.byteLength,
      modifiedMs: Date.UTC(2024, 1, 29),
      async *read() {
        yield bytes.slice();
      },
    })),
    onProgress: () => {},
    onRefusedName: () => {},
    signal: new AbortController().signal,
  });
  const bytes = new Uint8Array(await new Response(stream()).arrayBuffer());
  expect(bytes.byteLength).toBe(size);
  writeFileSync(path, bytes);
}

test('V5: a zip of 1,000 files in folders, with names of all scripts, is whole for whoever unpacks it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'peerify-zip-'));
  const path = join(folder, 'top.zip');
  try {
    const files = createFiles();
    await writeZip(path, files);
    const entries = readZip(path);
    expect([...entries.keys()]).toEqual([...files.keys()]);
    for (const [name, bytes] of files) {
      expect(Buffer.compare(entries.get(name) ?? Buffer.alloc(0), bytes)).toBe(0);
    }
    for (const [command, ...rest] of [
      ['unzip', '-tqq', path],
      ['bsdtar', '-tf', path],
      ['python3', '-m', 'zipfile', '-t', path],
    ]) {
      const { status, error, stderr } = spawnSync(command ?? '', rest, { encoding: 'utf8' });
      // Not everybody has each of them.
      if (error === undefined) expect([command, status, stderr]).toEqual([command, 0, '']);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
