import { describe, expect, test, vi } from 'vitest';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { SaveError } from '../app/ports/saver.ts';
import { prepareDownload } from './prepare-download.ts';
import { createSaveFile, createSaveJob, readAll } from './save-job.test-helper.ts';

const ONE = createSaveFile('a.bin', patternBytes(2500));

describe('a download of one file', () => {
  test.each([0, 1, 999, 1000, 1001])('is its %i bytes under its name', async (length) => {
    const file = createSaveFile('a.bin', patternBytes(length, 3));
    const download = prepareDownload(createSaveJob([file], { name: 'a.bin' }));
    expect(download).toMatchObject({ name: 'a.bin', size: length });
    expect(await readAll(download.stream())).toEqual(patternBytes(length, 3));
  });

  test('tells its progress in bytes, ascending to all', async () => {
    const onProgress = vi.fn<(savedBytes: number) => void>();
    await readAll(prepareDownload(createSaveJob([ONE], { onProgress })).stream());
    expect(onProgress.mock.calls.flat()).toEqual([1000, 2000, 2500]);
  });

  test('counts parts that were transferred by whoever took them', async () => {
    const onProgress = vi.fn<(savedBytes: number) => void>();
    const reader = prepareDownload(createSaveJob([ONE], { onProgress }))
      .stream()
      .getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      structuredClone(value, { transfer: [value.buffer] });
    }
    expect(onProgress.mock.calls.flat()).toEqual([1000, 2000, 2500]);
  });

  test('reads nothing before it is asked, and only as much as it is asked', async () => {
    const read = vi.fn<() => AsyncIterable<Uint8Array<ArrayBuffer>>>(() => ONE.read());
    const onProgress = vi.fn<(savedBytes: number) => void>();
    const stream = prepareDownload(createSaveJob([{ ...ONE, read }], { onProgress })).stream();
    expect(read).not.toHaveBeenCalled();
    const reader = stream.getReader();
    await reader.read();
    await reader.read();
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['more', 2499],
    ['fewer', 2501],
  ])('V3: with %s bytes than it should have is read-failed', async (_, size) => {
    const stream = prepareDownload(createSaveJob([{ ...ONE, size }])).stream();
    await expect(readAll(stream)).rejects.toMatchObject({ name: 'SaveError', code: 'read-failed' });
  });

  test('V3: with a piece that cannot be read is read-failed, with the cause', async () => {
    const cause = new Error('piece 1 is wrong');
    const stream = prepareDownload(
      createSaveJob([{ ...ONE, read: () => failing(cause) }]),
    ).stream();
    await expect(readAll(stream)).rejects.toMatchObject({ code: 'read-failed', cause });
  });

  test('of several files is a bug of the caller', () => {
    expect(() => prepareDownload(createSaveJob([ONE, ONE], { form: 'file' }))).toThrow(RangeError);
  });
});

describe.each(['file', 'zip'] as const)('an aborted download (%s)', (form) => {
  test('errors at once, even within a read that hangs, and lets the source go', async () => {
    const controller = new AbortController();
    const isLetGo = vi.fn<() => void>();
    const file = { ...ONE, read: () => hangingAfterOne(isLetGo) };
    const job = createSaveJob([file], { form, signal: controller.signal });
    const reading = readAll(prepareDownload(job).stream());
    await vi.waitFor(() => expect(isLetGo).toHaveBeenCalledWith('hangs'));
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: 'SaveError', code: 'aborted' });
  });

  test('that is given up between two reads ends the reading of its file', async () => {
    const isEnded = vi.fn<() => void>();
    async function* read() {
      try {
        for (let i = 0; i < 25; i += 1) yield patternBytes(100);
      } finally {
        isEnded();
      }
    }
    const reader = prepareDownload(createSaveJob([{ ...ONE, read }], { form }))
      .stream()
      .getReader();
    for (let i = 0; i < 4; i += 1) await reader.read();
    await reader.cancel();
    await vi.waitFor(() => expect(isEnded).toHaveBeenCalledTimes(1));
  });

  test('that was aborted before it began reads nothing', async () => {
    const stream = prepareDownload(
      createSaveJob([ONE], { form, signal: AbortSignal.abort() }),
    ).stream();
    await expect(readAll(stream)).rejects.toBeInstanceOf(SaveError);
  });
});

describe('a download of several files', () => {
  const files = [
    createSaveFile('folder/a.bin', patternBytes(2500, 1)),
    createSaveFile('folder/deep/ü “b”.txt', patternBytes(10, 2)),
    { ...createSaveFile('empty', new Uint8Array()), modifiedMs: undefined },
    { ...createSaveFile('old', patternBytes(1)), modifiedMs: 0 },
    { ...createSaveFile('never', patternBytes(1)), modifiedMs: Number.NaN },
  ];

  test('V5: is a zip with the folders, of exactly the size foretold', async () => {
    const download = prepareDownload(createSaveJob(files, { name: 'all.zip' }));
    const zip = await readAll(download.stream());
    expect(download).toMatchObject({ name: 'all.zip', size: zip.byteLength });
    expect(readStoredEntries(zip)).toEqual(
      new Map([
        ['folder/a.bin', patternBytes(2500, 1)],
        ['folder/deep/ü “b”.txt', patternBytes(10, 2)],
        ['empty', new Uint8Array()],
        ['old', patternBytes(1)],
        ['never', patternBytes(1)],
      ]),
    );
  });

  test('counts the files’ bytes alone as progress', async () => {
    const onProgress = vi.fn<(savedBytes: number) => void>();
    await readAll(prepareDownload(createSaveJob(files, { onProgress })).stream());
    expect(onProgress.mock.calls.flat()).toEqual([1000, 2000, 2500, 2510, 2511, 2512]);
  });

  test('V3: of which one cannot be read is read-failed', async () => {
    const broken = { ...ONE, read: () => failing(new Error('piece 1 is wrong')) };
    const stream = prepareDownload(createSaveJob([...files, broken])).stream();
    await expect(readAll(stream)).rejects.toMatchObject({ name: 'SaveError', code: 'read-failed' });
  });
});

async function* failing(cause: Error) {
  yield patternBytes(1000);
  throw cause;
}

async function* hangingAfterOne(tell: (what: string) => void) {
  yield patternBytes(1000);
  tell('hangs');
  await new Promise(() => undefined);
}

/** Reads a zip of uncompressed entries through its central directory (APPNOTE 4.3.12, 4.3.16). */
function readStoredEntries(zip: Uint8Array<ArrayBuffer>): Map<string, Uint8Array> {
  const view = new DataView(zip.buffer);
  const end = zip.byteLength - 22;
  const entries = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
    const size = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameLength));
    entries.set(name, zip.slice(start, start + size));
    at += 46 + nameLength + view.getUint16(at + 30, true);
  }
  return entries;
}
