import { expect, test } from 'vitest';
import { requestPersistence } from './request-persistence.ts';

test('asks for persistence once it is not given already', async () => {
  const given = {
    persisted: async () => true,
    persist: () => Promise.reject(new Error('asked')),
  };
  expect(await requestPersistence(given)).toBe(true);
  const asked = { persisted: async () => false, persist: async () => true };
  expect(await requestPersistence(asked)).toBe(true);
  expect(await requestPersistence({ persist: async () => false })).toBe(false);
  expect(await requestPersistence({ persist: () => Promise.reject(new TypeError()) })).toBe(false);
  expect(await requestPersistence({})).toBe(false);
});
