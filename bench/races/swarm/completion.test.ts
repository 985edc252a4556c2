import { expect, test } from 'vitest';
import { computeCurve, computeLastPercentShare } from './completion.ts';

const steps = Array.from({ length: 100 }, (_, i) => 1000 + (i + 1) * 100);

test('a curve runs from nothing at the start to everything when the last is done', () => {
  const leechers = [
    { stepAtMs: steps, doneAtMs: 11_000 },
    { stepAtMs: steps.map((ms) => ms + 10_000), doneAtMs: 21_000 },
  ];
  const curve = computeCurve(1000, leechers);
  expect(curve[0]).toEqual([0, 0]);
  expect(curve[50]).toEqual([10, 0.5]);
  expect(curve.at(-1)).toEqual([20, 1]);
});

test('the last percent is the time after 99 of 100 steps', () => {
  const leecher = { stepAtMs: [...steps.slice(0, 99), 21_000], doneAtMs: 21_000 };
  expect(computeLastPercentShare(1000, leecher)).toBeCloseTo((21_000 - 10_900) / 20_000);
});
