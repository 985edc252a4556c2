import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { concatBytes } from '../../shared/share/bytes.ts';
import { FileStreamSource } from './stream-source.ts';

const MODIFIED_MS = 1_700_000_000_000;

const someBytes = fc.uint8Array({ maxLength: 40 }).map((array) => new Uint8Array(array));

function sourceFile(bytes: Uint8Array<ArrayBuffer>) {
  const file = new File([bytes], 'f', { lastModified: MODIFIED_MS });
  return { file, size: bytes.byteLength, modifiedMs: MODIFIED_MS };
}

describe('FileStreamSource', () => {
  test('reads any range of index and files as one stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        someBytes,
        fc.array(someBytes, { maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        async (index, files, a, b) => {
          const stream = concatBytes(index, ...files);
          const source = new FileStreamSource(index, files.map(sourceFile));
          expect(source.streamLength).toBe(stream.byteLength);
          const offset = a % (stream.byteLength + 1);
          const length = b % (stream.byteLength - offset + 1);
          const read = await source.read(offset, length);
          expect(read).toEqual(stream.slice(offset, offset + length));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('reads a range that meets hundreds of files', async () => {
    const files = Array.from({ length: 600 }, (_, i) => Uint8Array.of(i, i >> 8));
    const source = new FileStreamSource(new Uint8Array(5), files.map(sourceFile));
    expect(await source.read(4, 1_100)).toEqual(
      concatBytes(new Uint8Array(1), ...files).slice(0, 1_100),
    );
  });

  test('touches only the files that the range meets', async () => {
    const files = [0, 1, 2].map((value) => sourceFile(new Uint8Array(10).fill(value)));
    const slices = files.map(({ file }) => vi.spyOn(file, 'slice'));
    await new FileStreamSource(new Uint8Array(5), files).read(16, 8);
    expect(slices.map((slice) => slice.mock.calls.length)).toEqual([0, 1, 0]);
  });

  test.each([
    ['size', { size: 11 }],
    ['time', { modifiedMs: MODIFIED_MS + 1 }],
  ])(
    'P6, D7: a file of another %s than when the share was made is source-changed',
    async (_, facts) => {
      const changed = { ...sourceFile(new Uint8Array(10)), ...facts };
      const source = new FileStreamSource(new Uint8Array(5), [changed]);
      await expect(source.read(0, 10)).rejects.toMatchObject({ code: 'source-changed' });
      expect(await source.read(0, 5)).toEqual(new Uint8Array(5));
    },
  );

  test('D7: a file that gives fewer bytes than it has is source-changed', async () => {
    const short = sourceFile(new Uint8Array(10));
    vi.spyOn(short.file, 'slice').mockReturnValue(new Blob([new Uint8Array(3)]));
    const source = new FileStreamSource(new Uint8Array(5), [short]);
    await expect(source.read(5, 9)).rejects.toMatchObject({ code: 'source-changed' });
  });

  test('D7: the same is found where several files are read at once', async () => {
    const files = [0, 1, 2].map((value) => sourceFile(new Uint8Array(10).fill(value)));
    const last = files[2]?.file ?? new File([], '');
    vi.spyOn(last, 'slice').mockReturnValue(new Blob([new Uint8Array(3)]));
    const source = new FileStreamSource(new Uint8Array(5), files);
    expect(await source.read(3, 22)).toHaveLength(22);
    await expect(source.read(0, 30)).rejects.toMatchObject({ code: 'source-changed' });
  });

  test('case P27; D7: a file that cannot be read is source-unreadable', async () => {
    const gone = sourceFile(new Uint8Array(10));
    const slice = gone.file.slice();
    vi.spyOn(slice, 'arrayBuffer').mockRejectedValue(new DOMException('', 'NotReadableError'));
    vi.spyOn(gone.file, 'slice').mockReturnValue(slice);
    const source = new FileStreamSource(new Uint8Array(5), [gone]);
    await expect(source.read(5, 9)).rejects.toMatchObject({ code: 'source-unreadable' });
  });

  test('a range outside the stream is a bug of the caller', async () => {
    const source = new FileStreamSource(new Uint8Array(5), []);
    await expect(source.read(0, 6)).rejects.toBeInstanceOf(RangeError);
  });
});
