import { describe, expect, test } from 'vitest';
import { estimateFreeBytes, requestPersistence } from './storage-estimate.ts';

describe('storage estimate', () => {
  test('free is what the quota leaves, never below nothing', async () => {
    expect(await estimateFreeBytes({ estimate: async () => ({ quota: 10, usage: 4 }) })).toBe(6);
    expect(await estimateFreeBytes({ estimate: async () => ({ quota: 4, usage: 10 }) })).toBe(0);
  });

  test.each([
    ['has no storage manager', {}],
    ['gives no figures', { estimate: async () => ({}) }],
    ['refuses', { estimate: () => Promise.reject(new TypeError('opaque origin')) }],
  ])('is unknown where the browser %s', async (_, storage) => {
    expect(await estimateFreeBytes(storage)).toBeUndefined();
  });

  test('asks for persistence once it is not given already', async () => {
    const given = {
      persisted: async () => true,
      persist: () => Promise.reject(new Error('asked')),
    };
    expect(await requestPersistence(given)).toBe(true);
    const asked = { persisted: async () => false, persist: async () => true };
    expect(await requestPersistence(asked)).toBe(true);
    expect(await requestPersistence({ persist: async () => false })).toBe(false);
    expect(await requestPersistence({ persist: () => Promise.reject(new TypeError()) })).toBe(
      false,
    );
    expect(await requestPersistence({})).toBe(false);
  });
});
