import { describe, expect, test } from 'vitest';
import type { ChosenFile } from './app-state.ts';
import { decodeIndex } from '../../shared/share/file-index.ts';
import { decodeHeader, verifyHeader } from '../../shared/share/header.ts';
import { makeShare } from './make-share.ts';
import { openShare } from './open-share.ts';

function chooseFile(path: string, content = 'content', lastModified = 1): ChosenFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return { path, file: new File([content], name, { lastModified }) };
}

/** A file of any size that fails the test when a byte of it is read. */
function chooseUnreadable(path: string, size: number): ChosenFile {
  const { file } = chooseFile(path);
  Object.defineProperty(file, 'size', { value: size });
  for (const method of ['slice', 'arrayBuffer', 'stream', 'text', 'bytes']) {
    Object.defineProperty(file, method, {
      value: () => {
        throw new Error('was read');
      },
    });
  }
  return { path, file };
}

async function makeOrFail(chosen: readonly ChosenFile[]) {
  const made = await makeShare(chosen, 0);
  if (made.kind !== 'made') throw new Error(made.problem.code);
  return made;
}

describe('makeShare', () => {
  test('L8: makes a share of 10 GB without reading a byte', async () => {
    const { record } = await makeOrFail([chooseUnreadable('film.mkv', 10_000_000_000)]);
    const opened = await openShare(record, record.header);
    expect(opened.kind === 'opened' && opened.share.summary).toEqual({
      name: 'film.mkv',
      fileCount: 1,
      totalBytes: 10_000_000_000,
    });
  });

  test('H3, I1: signs a header for its own share ID and an index that lists the files in order', async () => {
    const { record } = await makeOrFail([chooseFile('d/a.txt', 'one'), chooseFile('d/b.txt', '')]);
    const header = decodeHeader(record.header);
    if (!header.ok || record.part.role !== 'sharer') throw new Error('no header');
    expect(await verifyHeader(header.value, record.shareId)).toBe(true);
    const index = decodeIndex(record.part.index, header.value.geometry.streamLength);
    expect(index.ok && index.value).toEqual([
      { path: 'd/a.txt', size: 3, modifiedMs: 1 },
      { path: 'd/b.txt', size: 0, modifiedMs: 1 },
    ]);
  });

  test('case P28; L1, K4: never makes the same share twice: every one has a secret and a key of its own', async () => {
    const [one, two] = await Promise.all([
      makeOrFail([chooseFile('a')]),
      makeOrFail([chooseFile('a')]),
    ]);
    expect(one.record.shareId).not.toBe(two.record.shareId);
    expect(one.record.secret).not.toEqual(two.record.secret);
  });

  test('K4: keeps the signing key from leaving the browser', async () => {
    const { record } = await makeOrFail([chooseFile('a')]);
    const { part } = record;
    expect(part.role === 'sharer' && part.signingKey.extractable).toBe(false);
  });

  test.each([
    ['nothing-chosen', []],
    ['too-large', [chooseUnreadable('huge', 2 ** 48)]],
  ])('refuses with %s', async (code, chosen) => {
    const made = await makeShare(chosen, 0);
    expect(made.kind === 'refused' && made.problem.code).toBe(code);
  });

  test('I3, V2: shares names that are no path of ours under cleaned ones', async () => {
    const { record } = await makeOrFail([chooseFile('a\\b.txt'), chooseFile('../../x')]);
    const paths = record.part.role === 'sharer' ? record.part.files.map(({ path }) => path) : [];
    expect(paths).toEqual(['a_b.txt', 'x']);
  });
});
