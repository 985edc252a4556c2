import { expect, test } from 'vitest';
import { computeRateShares } from './rate-shares.ts';

test('those that send have equal parts, and together what is allowed', () => {
  expect(computeRateShares(900, [true, true, true])).toEqual([300, 300, 300]);
});

test('one that is idle may begin with what would be its part', () => {
  expect(computeRateShares(900, [true, false, true])).toEqual([450, 300, 450]);
  expect(computeRateShares(900, [false])).toEqual([900]);
});
