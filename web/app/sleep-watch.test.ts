import { expect, test } from 'vitest';
import { SleepWatch } from './sleep-watch.ts';

test('case S7; E32: a page that stood still for more than 30 s has slept, once', () => {
  let epochMs = 1_800_000_000_000;
  const watch = new SleepWatch(() => epochMs);
  const lookAfter = (durationMs: number): boolean => {
    epochMs += durationMs;
    return watch.look();
  };
  const looks = [500, 30_000, 30_001, 500, 600_000, 500].map(lookAfter);
  expect(looks).toEqual([false, false, true, false, true, false]);
});

test('E32: a clock that is set back is no sleep', () => {
  let epochMs = 1_800_000_000_000;
  const watch = new SleepWatch(() => epochMs);
  epochMs -= 86_400_000;
  expect(watch.look()).toBe(false);
  epochMs += 500;
  expect(watch.look()).toBe(false);
});
