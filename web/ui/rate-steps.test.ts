import { expect, test } from 'vitest';
import { RATE_STEPS, readRate, splitRate } from './rate-steps.ts';

test('a number and its unit are bytes a second', () => {
  expect(readRate('1.5', 1_000_000)).toBe(1_500_000);
  expect(readRate('20', 1_000)).toBe(20_000);
});

test.each(['', '0', '-3', 'x', '0.1', 'Infinity'])('%j is no rate', (amount) => {
  expect(readRate(amount, 1_000)).toBeUndefined();
});

test('what is written is read as the same', () => {
  for (const rate of [...RATE_STEPS, 1_500, 7_300_000, 999_999]) {
    const { amount, unitBytes } = splitRate(rate);
    expect(readRate(amount, unitBytes)).toBe(rate);
  }
});
