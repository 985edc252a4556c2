import { expect, test } from 'vitest';
import { computeMedian, computeQuantile, computeSpread, computeSpreads } from './statistics.ts';

test('the median of an odd row is its middle value, whatever the order', () => {
  expect(computeMedian([9, 1, 5])).toBe(5);
  expect(computeMedian([7])).toBe(7);
});

test('the median of an even row lies half way between the two in the middle', () => {
  expect(computeMedian([4, 1, 10, 2])).toBe(3);
});

test('numbers are ordered as numbers, and the row given stays as it was', () => {
  const row = [100, 9, 20];
  expect(computeMedian(row)).toBe(20);
  expect(row).toEqual([100, 9, 20]);
});

test('no values have no median', () => {
  expect(() => computeMedian([])).toThrow(RangeError);
});

test('a spread names the extremes beside the median', () => {
  expect(computeSpread([0.8, 0.7, 0.9])).toEqual({ median: 0.8, min: 0.7, max: 0.9 });
});

test('figures are spread by name, and one that a repeat lacks is left out', () => {
  const rows = [
    { a: 1, b: 2 },
    { a: 3, c: 4 },
  ];
  expect(computeSpreads(rows)).toEqual({ a: { median: 2, min: 1, max: 3 } });
  expect(computeSpreads([])).toEqual({});
});

test('a quantile is a value of the row that so many do not exceed, and the row stays as it was', () => {
  const row = [100, 9, 20, 1];
  expect(computeQuantile(row, 0.5)).toBe(9);
  expect(computeQuantile(row, 0.99)).toBe(100);
  expect(computeQuantile(row, 0)).toBe(1);
  expect(row).toEqual([100, 9, 20, 1]);
  expect(() => computeQuantile([], 0.5)).toThrow(RangeError);
});
