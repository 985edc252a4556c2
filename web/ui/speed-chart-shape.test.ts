import { expect, test } from 'vitest';
import { computeSpeedChart } from './speed-chart-shape.ts';

function chartOf(down: readonly number[], up: readonly number[] = down.map(() => 0)) {
  return computeSpeedChart({
    down: Float32Array.from(down),
    up: Float32Array.from(up),
    averageDown: Math.max(...down, 0),
    averageUp: Math.max(...up, 0),
  });
}

test('the axis ends at a round number that nothing exceeds', () => {
  const tops = [0, 900, 1_001, 2_000, 4_100_000, 7_000_000].map(
    (peak) => chartOf([0, peak]).topBytesPerSecond,
  );
  expect(tops).toEqual([1_000, 1_000, 2_000, 2_000, 5_000_000, 10_000_000]);
  expect(chartOf([100, 0], [0, 30_000]).topBytesPerSecond).toBe(50_000);
});

test('the newest second is at the right, and the span grows with what is remembered', () => {
  const { down, spanSeconds } = chartOf([0, 500, 1_000]);
  expect(spanSeconds).toBe(60);
  expect(down).toBe('M58 100.0L59 50.0L60 0.0');
  expect(chartOf(Array(61).fill(1)).spanSeconds).toBe(120);
  expect(chartOf(Array(300).fill(1)).spanSeconds).toBe(300);
});

test('nothing is drawn of a direction in which nothing went, nor of a single second', () => {
  expect(chartOf([1, 2], [0, 0]).up).toBe('');
  expect(chartOf([5]).down).toBe('');
  expect(chartOf([]).down).toBe('');
});
