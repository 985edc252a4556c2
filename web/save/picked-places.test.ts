import { describe, expect, test } from 'vitest';
import type { SaveFile } from '../app/ports/saver.ts';
import { FakeFile, FakeFolder } from './fake-folder.test-helper.ts';
import { PickedFile } from './picked-file.ts';
import { PickedFolder } from './picked-folder.ts';
import { createSaveFile, createSaveJob } from './save-job.test-helper.ts';

const encoder = new TextEncoder();

function files(texts: Readonly<Record<string, string>>): readonly SaveFile[] {
  return Object.entries(texts).map(([path, text]) => createSaveFile(path, encoder.encode(text), 2));
}

function asFolder(folder: FakeFolder): FileSystemDirectoryHandle {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what saving asks of a folder
  return folder as unknown as FileSystemDirectoryHandle;
}

function asFile(file: FakeFile): FileSystemFileHandle {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what saving asks of a file
  return file as unknown as FileSystemFileHandle;
}

/** Ends in the middle. */
function breaksOff(path: string): SaveFile {
  const whole = createSaveFile(path, encoder.encode('whole'), 2);
  return { ...whole, size: 9 };
}

describe('a picked folder', () => {
  test('V9: files go into it with their folders', async () => {
    const folder = new FakeFolder();
    const texts = { 'a/one.txt': 'one', 'a/b/two.txt': 'two', three: 'three', 'a/empty': '' };
    await new PickedFolder(asFolder(folder)).save(createSaveJob(files(texts)));
    expect(folder.list()).toEqual(texts);
  });

  test('V9: what is there stays as it is: names that are taken get a number', async () => {
    const folder = new FakeFolder();
    const before = { 'a/one.txt': 'mine', 'one (2).txt': 'mine too', b: 'a file' };
    await new PickedFolder(asFolder(folder)).save(createSaveJob(files(before)));
    await new PickedFolder(asFolder(folder)).save(
      createSaveJob(
        files({ 'a/one.txt': 'new', 'one.txt': 'top', 'b/c.txt': 'c', a: 'no folder' }),
      ),
    );
    expect(folder.list()).toEqual({
      ...before,
      'a/one (2).txt': 'new',
      'one.txt': 'top',
      'b (2)/c.txt': 'c',
      'a (2)': 'no folder',
    });
  });

  test('V9: a name that is refused gets a harmless ending, and all else is written', async () => {
    const folder = new FakeFolder((name) => /(?:^desktop\.ini|\.lnk|\.url)$/.test(name));
    const told: unknown[] = [];
    const texts = {
      'a/b.lnk': '1',
      'links.url/c': '2',
      'links.url/d': '3',
      'desktop.ini': '4',
      e: '5',
    };
    for (const number of ['', ' (2)']) {
      const onRefusedName = (...names: unknown[]): void => void told.push(names);
      const job = createSaveJob(files(texts), { onRefusedName });
      await new PickedFolder(asFolder(folder)).save(job);
      expect(folder.list()).toMatchObject({
        [`a/b.lnk${number}.download`]: '1',
        [`links.url.download/c${number}`]: '2',
        [`links.url.download/d${number}`]: '3',
        [`desktop.ini${number}.download`]: '4',
        [`e${number}`]: '5',
      });
      expect(told.splice(0)).toEqual([
        ['a/b.lnk', `a/b.lnk${number}.download`],
        ['links.url', 'links.url.download'],
        ['desktop.ini', `desktop.ini${number}.download`],
      ]);
    }
  });

  test('V3, V9: what is refused under every name is told of, and all else is written', async () => {
    const folder = new FakeFolder((name) => name.includes('!'));
    const told: unknown[] = [];
    const texts = { 'a/!': '1', 'a/malware': '2', '!/b/c': '3', '!/d': '4', e: '5' };
    const onRefusedName = (...names: unknown[]): void => void told.push(names);
    await new PickedFolder(asFolder(folder)).save(createSaveJob(files(texts), { onRefusedName }));
    expect(folder.list()).toEqual({ e: '5' });
    const leftOut = ['a/!', 'a/malware', '!/b/c', '!/d'];
    expect(told).toEqual(leftOut.map((path) => [path, undefined]));
  });

  test('V3, V9: a file that breaks off leaves none of its name', async () => {
    const folder = new FakeFolder();
    const job = createSaveJob([
      ...files({ 'x/good': 'good' }),
      breaksOff('x/bad'),
      ...files({ z: 'z' }),
    ]);
    const saving = new PickedFolder(asFolder(folder)).save(job);
    await expect(saving).rejects.toMatchObject({ code: 'read-failed' });
    expect(folder.list()).toEqual({ 'x/good': 'good' });
  });

  test('V9, D11: what was broken off is gone on with, and what was written is neither written nor numbered again', async () => {
    const folder = new FakeFolder((name) => name.endsWith('.lnk'));
    const texts = { 'x/good': 'good', 'x/a.lnk': 'link', 'x/bad': 'half', z: 'zz' };
    const place = new PickedFolder(asFolder(folder));
    const abort = new AbortController();
    const onProgress = (savedBytes: number): void => {
      if (savedBytes > 8) abort.abort();
    };
    const first = place.save(createSaveJob(files(texts), { signal: abort.signal, onProgress }));
    // Begun before the other one has ended.
    const told: unknown[] = [];
    const progress: number[] = [];
    const second = place.save(
      createSaveJob(files(texts), {
        onProgress: (savedBytes) => progress.push(savedBytes),
        onRefusedName: (...names) => told.push(names),
      }),
    );
    await expect(first).rejects.toMatchObject({ code: 'aborted' });
    await second;
    expect(folder.list()).toEqual({
      'x/good': 'good',
      'x/a.lnk.download': 'link',
      'x/bad': 'half',
      z: 'zz',
    });
    expect(told).toEqual([['x/a.lnk', 'x/a.lnk.download']]);
    expect(progress).toEqual([4, 8, 10, 12, 14]);
  });

  test('V9: an aborted save goes no further', async () => {
    const folder = new FakeFolder();
    const abort = new AbortController();
    const onProgress = (): void => abort.abort();
    const job = createSaveJob(files({ a: 'aaaa', b: 'bbbb' }), {
      signal: abort.signal,
      onProgress,
    });
    const saving = new PickedFolder(asFolder(folder)).save(job);
    await expect(saving).rejects.toMatchObject({ code: 'aborted' });
    expect(folder.list()).toEqual({});
  });
});

describe('a picked file', () => {
  test('V3, V9: has its new content once all of it is written, and is never removed', async () => {
    const file = new FakeFile();
    await new PickedFile(asFile(file)).save(createSaveJob(files({ one: 'content' })));
    expect(file.text).toBe('content');
    const saving = new PickedFile(asFile(file)).save(createSaveJob([breaksOff('bad')]));
    await expect(saving).rejects.toMatchObject({ code: 'read-failed' });
    expect([file.text, file.isRemoved]).toEqual(['content', false]);
    // It may have been there, and empty, before it was picked.
    const empty = new FakeFile();
    empty.maxWrites = 1;
    const full = new PickedFile(asFile(empty)).save(createSaveJob(files({ one: 'content' })));
    await expect(full).rejects.toMatchObject({ code: 'write-failed' });
    expect([empty.text, empty.isRemoved]).toEqual(['', false]);
  });
});
