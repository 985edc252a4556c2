import { expect, test } from 'vitest';
import { createSavePlaces } from './save-places.ts';

test('V9: where picking a place cannot be loaded that is told, and it is tried again the next time', async () => {
  let loadCount = 0;
  const places = createSavePlaces(async () => {
    loadCount += 1;
    if (loadCount === 1) throw new TypeError('offline');
    return async () => undefined;
  });
  await expect(places.pick('file', 'a.txt')).rejects.toMatchObject({ code: 'not-loaded' });
  expect(await places.pick('file', 'a.txt')).toBeUndefined();
});
