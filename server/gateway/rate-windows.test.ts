import { expect, test } from 'vitest';

import { RateWindows } from './rate-windows.ts';

function createWindows() {
  const clock = { nowMs: 0 };
  return { clock, windows: new RateWindows(2, 100, () => clock.nowMs) };
}

test('so many in a window, each key for itself, and anew in the next window', () => {
  const { clock, windows } = createWindows();
  expect(['a', 'a', 'a', 'b'].map((key) => windows.take(key))).toEqual([true, true, false, true]);
  clock.nowMs = 99;
  expect(windows.take('a')).toBe(false);
  clock.nowMs = 100;
  expect(windows.take('a')).toBe(true);
});

test('the delay is what is left of the window, and nothing while something is left', () => {
  const { clock, windows } = createWindows();
  windows.take('a');
  expect(windows.computeDelayMs('a')).toBe(0);
  clock.nowMs = 30.5;
  windows.take('a');
  expect(windows.computeDelayMs('a')).toBe(70);
  expect(windows.computeDelayMs('b')).toBe(0);
  clock.nowMs = 100;
  expect(windows.computeDelayMs('a')).toBe(0);
});

test('a key is forgotten when its window has ended, whoever is counted next', () => {
  const { clock, windows } = createWindows();
  for (let i = 0; i < 1000; i += 1) windows.take(`key ${i}`);
  clock.nowMs = 50;
  windows.take('later');
  expect(windows.size).toBe(1001);
  clock.nowMs = 100;
  windows.take('last');
  expect(windows.size).toBe(2);
});
