import { expect, test } from 'vitest';

import { computeReturnDelayMs } from './return-delay.ts';

test.each([
  ['few, within seconds', 3, 1000, 5000],
  ['many, over so much longer', 4000, 1000, 21_000],
  ['very many, over half a minute and no more', 1_000_000, 1000, 30_000],
])('after a restart they come back: %s', (_, count, earliestMs, latestMs) => {
  expect(computeReturnDelayMs(count, () => 0)).toBe(earliestMs);
  expect(computeReturnDelayMs(count, () => 1)).toBe(latestMs);
});
