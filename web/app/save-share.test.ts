import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../shared/share/bytes.ts';
import { concatBytes } from '../../shared/share/bytes.ts';
import type { FileEntry } from '../../shared/share/file-index.ts';
import { encodeIndex } from '../../shared/share/file-index.ts';
import { sealPiece } from '../../shared/share/piece-sealing.ts';
import { createSampleShare, patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { openShare } from './open-share.ts';
import { createSaveJob, readIndex } from './save-share.ts';

/** A share of one piece whose stream is exactly this. */
async function sealStream(stream: Bytes, indexLength: number) {
  const { byteLength: streamLength } = stream;
  const sample = await createSampleShare({ streamLength, indexLength, name: '../my files' });
  const { context, keys, signingKeys } = sample;
  const { sealed } = await sealPiece(context, keys.piece, signingKeys.privateKey, 0, stream);
  const opened = await openShare(sample, sample.header.bytes);
  if (opened.kind !== 'opened') throw new Error(opened.problem.code);
  return { share: opened.share, source: { get: async () => sealed } };
}

async function shareFiles(files: readonly FileEntry[]) {
  const index = encodeIndex(files);
  const contents = files.map(({ size }, seed) => patternBytes(size, seed));
  const stream = concatBytes(index, ...contents);
  return { ...(await sealStream(stream, index.byteLength)), contents };
}

async function readAll(parts: AsyncIterable<Bytes>): Promise<Bytes> {
  const read: Bytes[] = [];
  for await (const part of parts) read.push(part);
  return concatBytes(...read);
}

const FILES: readonly FileEntry[] = [
  { path: 'a/one.txt', size: 300, modifiedMs: 5 },
  { path: 'a/empty', size: 0 },
  { path: 'b', size: 1000 },
];

describe('the file list of a share', () => {
  test('I1: is read from the first bytes of the stream', async () => {
    const { share, source } = await shareFiles(FILES);
    expect(await readIndex(share, source)).toEqual(FILES);
  });

  test('I4: is refused where the sharer sealed something else in its place', async () => {
    const { share, source } = await sealStream(patternBytes(500), 200);
    expect(await readIndex(share, source)).toBeUndefined();
  });
});

describe('what is saved', () => {
  test('I5: every file reads as its own bytes, the empty one as none', async () => {
    const { share, source, contents } = await shareFiles(FILES);
    const job = createSaveJob(share, source, FILES, 'all');
    expect(job.form).toBe('zip');
    const read = await Promise.all(job.files.map((file) => readAll(file.read())));
    expect(read).toEqual(contents);
    expect(job.files.map(({ size }) => size)).toEqual([300, 0, 1000]);
  });

  test('V1, V2: names are made safe, and none overwrites another', async () => {
    const files = ['x\u202egpj.exe', 'CON', 'd/NUL.txt', 'A.txt', 'a.txt'].map((path) => ({
      path,
      size: 1,
    }));
    const { share, source } = await shareFiles(files);
    const job = createSaveJob(share, source, files, 'all');
    expect(job.files.map(({ path }) => path)).toEqual([
      'xgpj.exe',
      '_CON',
      'd/_NUL.txt',
      'A.txt',
      'a (2).txt',
    ]);
    expect(job.name).toBe('_my files.zip');
  });

  test('one file of several goes under its own name, without its folder and without a zip', async () => {
    const { share, source } = await shareFiles(FILES);
    const job = createSaveJob(share, source, FILES, [0]);
    expect([job.form, job.name, job.files.length]).toEqual(['file', 'one.txt', 1]);
  });
});
