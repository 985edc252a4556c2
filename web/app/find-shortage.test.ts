import { expect, test } from 'vitest';
import { findShortage } from './find-shortage.ts';

function findCode(byteLength: number, savable: number, room: number | undefined) {
  return findShortage(
    byteLength,
    { canSave: async (bytes) => bytes <= savable },
    { measureRoom: async () => room },
  ).then((problem) => problem?.code);
}

test('case U6; V6: what can be neither stored nor saved is known before it is downloaded', async () => {
  expect(await findCode(100, 100, 100)).toBeUndefined();
  expect(await findCode(101, 100, 1000)).toBe('save-too-large');
  expect(await findCode(101, 1000, 100)).toBe('little-room');
  expect(await findCode(101, 1000, undefined)).toBeUndefined();
});
