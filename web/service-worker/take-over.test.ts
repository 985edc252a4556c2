import { expect, test, vi } from 'vitest';
import { takeOver } from './take-over.ts';

async function tryWith(held: readonly string[] | undefined): Promise<number> {
  const skipWaiting = vi.fn<() => Promise<void>>(async () => {});
  const locks = {
    query: async (): Promise<LockManagerSnapshot> => {
      if (held === undefined) throw new DOMException('refused', 'SecurityError');
      return { held: held.map((name) => ({ name, mode: 'shared', clientId: 'a' })) };
    },
  };
  await takeOver({ locks, skipWaiting });
  return skipWaiting.mock.calls.length;
}

test('V3: a new worker does not end the one through which a page is saving', async () => {
  expect(await tryWith(['peerify/page/a', 'peerify/saving'])).toBe(0);
});

test('otherwise it takes over at once, also where the browser says nothing of its locks', async () => {
  expect(await tryWith(['peerify/page/a'])).toBe(1);
  expect(await tryWith([])).toBe(1);
  expect(await tryWith(undefined)).toBe(1);
});
