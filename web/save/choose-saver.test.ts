import type { SaveErrorCode, SaveJob } from '../app/ports/saver.ts';
import { describe, expect, test, vi } from 'vitest';
import { SaveError } from '../app/ports/saver.ts';
import { chooseSaver } from './choose-saver.ts';
import { createSaveFile, createSaveJob } from './save-job.test-helper.ts';

const SMALL = 32 * 1024 * 1024;

function jobOf(...sizes: readonly number[]) {
  const { path, modifiedMs, read } = createSaveFile('a', new Uint8Array());
  return createSaveJob(sizes.map((size) => ({ path, size, modifiedMs, read })));
}

function setUp(streamError?: SaveErrorCode, blobError?: SaveErrorCode) {
  const blob = {
    canSave: async (byteLength: number) => byteLength <= 2 * SMALL,
    save: vi.fn<(job: SaveJob) => Promise<void>>(async () => {
      if (blobError !== undefined) throw new SaveError(blobError);
    }),
  };
  const stream = {
    canSave: async () => true,
    save: vi.fn<(job: SaveJob) => Promise<void>>(async () => {
      if (streamError !== undefined) throw new SaveError(streamError);
    }),
  };
  return { blob, stream, saver: chooseSaver(blob, stream, SMALL) };
}

describe('chooseSaver', () => {
  test('V6: saves small downloads as a Blob', async () => {
    const { saver, blob, stream } = setUp();
    await saver.save(jobOf(SMALL));
    expect([blob.save.mock.calls.length, stream.save.mock.calls.length]).toEqual([1, 0]);
  });

  test('V6: streams larger ones, counting all files', async () => {
    const { saver, blob, stream } = setUp();
    await saver.save(jobOf(SMALL, 1));
    expect([blob.save.mock.calls.length, stream.save.mock.calls.length]).toEqual([0, 1]);
  });

  test('V6: falls back to a Blob where the browser cannot stream', async () => {
    const { saver, blob } = setUp('write-failed');
    await saver.save(jobOf(SMALL + 1));
    expect(blob.save).toHaveBeenCalledTimes(1);
    await chooseSaver(blob, undefined, SMALL).save(jobOf(SMALL + 1));
    expect(blob.save).toHaveBeenCalledTimes(2);
  });

  test('V6: streams what the browser has no room for as a Blob', async () => {
    const { saver, stream } = setUp(undefined, 'too-large');
    await saver.save(jobOf(SMALL));
    expect(stream.save).toHaveBeenCalledTimes(1);
  });

  test('case U6; V6: what no Blob can hold can be saved only where it can be streamed', async () => {
    const { saver, blob } = setUp();
    expect(await saver.canSave(2 * SMALL + 1)).toBe(true);
    expect(await chooseSaver(blob, undefined, SMALL).canSave(2 * SMALL + 1)).toBe(false);
    expect(await chooseSaver(blob, undefined, SMALL).canSave(2 * SMALL)).toBe(true);
  });

  test.each(['aborted', 'read-failed'] as const)('%s is not tried again', async (code) => {
    const { saver, blob } = setUp(code);
    await expect(saver.save(jobOf(SMALL + 1))).rejects.toMatchObject({ code });
    expect(blob.save).not.toHaveBeenCalled();
  });
});
