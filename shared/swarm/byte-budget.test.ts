import { expect, test } from 'vitest';
import { ByteBudget } from './byte-budget.ts';

test('gives a burst at once, and then no more than its rate', () => {
  const budget = new ByteBudget(1_000, 500);
  expect(budget.mayTake(500, 0)).toBe(true);
  budget.take(500);
  expect(budget.mayTake(100, 99)).toBe(false);
  expect(budget.mayTake(100, 100)).toBe(true);
  // A long pause gives no more than a burst.
  expect(budget.mayTake(500, 100_000)).toBe(true);
  budget.take(500);
  expect(budget.mayTake(1, 100_000)).toBe(false);
});

test('may be given more than its rate, up to a burst', () => {
  const budget = new ByteBudget(1_000, 500);
  budget.take(500);
  budget.give(400);
  expect(budget.mayTake(401, 0)).toBe(false);
  expect(budget.mayTake(400, 0)).toBe(true);
  budget.give(10_000);
  budget.take(500);
  expect(budget.mayTake(1, 0)).toBe(false);
});

test('lets what is larger than a burst through, and waits the longer after it', () => {
  const budget = new ByteBudget(1_000, 500);
  expect(budget.mayTake(2_000, 0)).toBe(true);
  budget.take(2_000);
  expect(budget.readyAtMs(500)).toBe(2_000);
  expect(budget.mayTake(500, 1_999)).toBe(false);
  expect(budget.mayTake(500, 2_000)).toBe(true);
});

test('what is told to be ready then is ready then, whatever rounding did to it', () => {
  for (let rate = 1; rate < 500; rate += 1) {
    const budget = new ByteBudget((rate * 1_000) / 7, 500);
    budget.mayTake(500, rate / 3);
    budget.take(500);
    expect(budget.mayTake(333, budget.readyAtMs(333))).toBe(true);
  }
});
