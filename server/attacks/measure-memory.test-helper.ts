import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { expect, vi } from 'vitest';

const ROUNDS = 3;
/** Of the baseline. */
const MAX_GROWTH = 0.1;
/** Connections that were closed are kept for a second or two. */
const SETTLED_LOOKS = 8;
const PATIENCE = { timeout: 15_000, interval: 200 };

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Bytes that are in use in this process, once all garbage is collected. */
export function measureMemory(): number {
  if (typeof collectGarbage !== 'function') throw new TypeError('no garbage collector');
  // The first finds what is free; buffers outside the heap are given back before the second.
  for (let i = 0; i < 2; i += 1) Reflect.apply(collectGarbage, undefined, []);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * Attacks again and again; rejects unless memory comes back to what it was after the first time, when all code is
 * loaded. `attack` tells how many bytes it brought or took: enough of them that it shows were a fraction left.
 */
export async function expectMemoryBack(attack: () => Promise<number>): Promise<void> {
  await attack();
  const before = await measureSettled();
  let taken = 0;
  for (let round = 0; round < ROUNDS; round += 1) taken += await attack();
  const maxGrowth = Math.min(before * MAX_GROWTH, taken / 4);
  await vi.waitFor(() => expect(measureMemory() - before).toBeLessThan(maxGrowth), PATIENCE);
}

/** Once nothing more of what went before is given back, for longer than connections that were closed are kept. */
async function measureSettled(): Promise<number> {
  let least = measureMemory();
  let looks = 0;
  await vi.waitFor(() => {
    const now = measureMemory();
    looks = now < least * 0.99 ? 0 : looks + 1;
    least = Math.min(least, now);
    expect(looks).toBeGreaterThanOrEqual(SETTLED_LOOKS);
  }, PATIENCE);
  return least;
}
