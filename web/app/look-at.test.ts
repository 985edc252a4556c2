import { expect, test } from 'vitest';
import { VirtualClock } from '../../shared/swarm/virtual-clock.test-helper.ts';
import { lookAt } from './look-at.ts';

async function settle(): Promise<void> {
  for (let i = 0; i < 10; i += 1) await Promise.resolve();
}

test('looks come four times a second, never two at a time, and end when nobody looks any more', async () => {
  const clock = new VirtualClock();
  let lookCount = 0;
  let answer: (() => void) | undefined;
  const sight = (): Promise<undefined> => {
    lookCount += 1;
    return new Promise((resolve) => (answer = () => resolve(undefined)));
  };
  let seenCount = 0;
  const end = lookAt(
    () => ({ sight }),
    clock,
    () => (seenCount += 1),
  );
  clock.advance(1_000);
  await settle();
  expect([lookCount, seenCount]).toEqual([1, 0]);
  answer?.();
  await settle();
  clock.advance(249);
  await settle();
  expect([lookCount, seenCount]).toEqual([1, 1]);
  clock.advance(1);
  await settle();
  expect(lookCount).toBe(2);
  end();
  answer?.();
  await settle();
  clock.advance(1_000);
  await settle();
  expect([lookCount, seenCount]).toEqual([2, 1]);
});

test('a card that is gone shows nothing, and a new one in its place is seen', async () => {
  const clock = new VirtualClock();
  const seen: unknown[] = [];
  let isThere = false;
  const end = lookAt(
    () => (isThere ? { sight: async () => undefined } : undefined),
    clock,
    (sight) => seen.push(sight),
  );
  await settle();
  isThere = true;
  clock.advance(250);
  await settle();
  end();
  expect(seen).toHaveLength(2);
});
