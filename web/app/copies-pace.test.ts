import { expect, test } from 'vitest';
import { CopiesPace } from './copies-pace.ts';

const SECOND = 1_000;

function paceOf(...missingBytes: readonly number[]): CopiesPace {
  const pace = new CopiesPace();
  for (const [second, missing] of missingBytes.entries()) pace.record(missing, second * SECOND);
  return pace;
}

test('the time left is what is missing at the pace of the last seconds', () => {
  expect(paceOf(1000, 900, 800).computeSecondsLeft()).toBe(8);
});

test('nothing is said before there is something to say', () => {
  expect(new CopiesPace().computeSecondsLeft()).toBeUndefined();
  expect(paceOf(1000).computeSecondsLeft()).toBeUndefined();
  const pace = paceOf(1000, 990);
  expect(pace.computeSecondsLeft()).toBeUndefined();
});

test('nothing is said while nothing becomes less', () => {
  expect(paceOf(1000, 1000, 1000).computeSecondsLeft()).toBeUndefined();
});

test('a standstill longer than the window is noticed, and a burst before it forgotten', () => {
  const pace = paceOf(1000, 500);
  for (let second = 2; second < 13; second += 1) pace.record(500, second * SECOND);
  expect(pace.computeSecondsLeft()).toBeUndefined();
});

test('more missing than before begins anew: somebody left, or more copies are asked for', () => {
  expect(paceOf(1000, 500, 900).computeSecondsLeft()).toBeUndefined();
  expect(paceOf(1000, 500, 900, 800, 700).computeSecondsLeft()).toBe(7);
});
