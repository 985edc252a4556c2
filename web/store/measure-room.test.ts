import { expect, test } from 'vitest';
import { measureRoom } from './measure-room.ts';

test('case U6: the room is what the browser says that it has, less what is used of it', async () => {
  expect(await measureRoom({ estimate: async () => ({ quota: 100, usage: 30 }) })).toBe(70);
  expect(await measureRoom({ estimate: async () => ({ quota: 100, usage: 130 }) })).toBe(0);
  expect(await measureRoom({ estimate: async () => ({}) })).toBeUndefined();
  expect(await measureRoom({ estimate: () => Promise.reject(new TypeError()) })).toBeUndefined();
});
