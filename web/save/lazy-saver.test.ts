import { expect, test } from 'vitest';
import type { Saver } from '../app/ports/saver.ts';
import { createLazySaver } from './lazy-saver.ts';
import { createSaveJob } from './save-job.test-helper.ts';

test('V4: saving whose code cannot be fetched fails in a way that can be told, and works the next time', async () => {
  let loadCount = 0;
  let savedCount = 0;
  const saver: Saver = {
    canSave: async (byteLength) => byteLength < 10,
    save: async () => void (savedCount += 1),
  };
  const lazy = createLazySaver(async () => {
    loadCount += 1;
    if (loadCount === 1) throw new Error('offline');
    return saver;
  });
  await expect(lazy.save(createSaveJob([]))).rejects.toMatchObject({ code: 'write-failed' });
  await lazy.save(createSaveJob([]));
  expect(await lazy.canSave(11)).toBe(false);
  expect([loadCount, savedCount]).toEqual([2, 1]);
});
