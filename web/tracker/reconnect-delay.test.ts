import { describe, expect, test } from 'vitest';

import { computeReconnectDelayMs, RECONNECT_PACE } from './reconnect-delay.ts';

/** A small linear congruential generator: the same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test('T21: the first attempt comes within 4 s, and the time doubles up to a minute', () => {
  const latestMs = [0, 1, 2, 3, 4, 100].map((failures) =>
    computeReconnectDelayMs(failures, RECONNECT_PACE, () => 1),
  );
  expect(latestMs).toEqual([4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  expect(computeReconnectDelayMs(5, RECONNECT_PACE, () => 0)).toBe(0);
});

/** When each of so many pages, which lost their tracker at once, reaches it again, in milliseconds after its return. */
function simulateReturn(pageCount: number, outageMs: number): number[] {
  const random = createRandom(7);
  return Array.from({ length: pageCount }, () => {
    let nowMs = 0;
    for (let failures = 0; ; failures += 1) {
      nowMs += computeReconnectDelayMs(failures, RECONNECT_PACE, random);
      if (nowMs >= outageMs) return nowMs - outageMs;
    }
  }).toSorted((a, b) => a - b);
}

describe('5,000 pages lose their tracker at once', () => {
  test.each([300, 1000, 3000, 10_000, 60_000, 600_000])(
    'case T23; T21: and return without a herd after it was away for %i ms',
    (outageMs) => {
      const returns = simulateReturn(5000, outageMs);
      const nineInTenMs = returns[4499] ?? 0;
      const slotMs = nineInTenMs / 20;
      const slots = Array.from({ length: 20 }, () => 0);
      for (const ms of returns.slice(0, 4500)) {
        const slot = Math.min(19, Math.floor(ms / slotMs));
        slots[slot] = (slots[slot] ?? 0) + 1;
      }
      expect(Math.max(...slots)).toBeLessThanOrEqual(3 * (4500 / 20));
      expect(Math.max(...slots) / slotMs).toBeLessThan(2);
      expect(returns.at(-1)).toBeLessThanOrEqual(60_000);
    },
  );
});
