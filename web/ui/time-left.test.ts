import { describe, expect, test } from 'vitest';
import { formatTimeLeft } from './time-left.ts';

describe('formatTimeLeft', () => {
  test.each([
    [undefined, ''],
    [Number.POSITIVE_INFINITY, ''],
    [0, 'a few seconds left'],
    [5, 'a few seconds left'],
    [6, 'about 10 sec left'],
    [50, 'about 50 sec left'],
    [51, 'about 1 min left'],
    [61, 'about 2 min left'],
    [120, 'about 2 min left'],
    [3540, 'about 59 min left'],
    [3541, 'about 1 hr left'],
    [86_400, 'about 24 hr left'],
    [86_401, 'more than a day left'],
  ])('%d s: %s', (seconds, expected) => {
    expect(formatTimeLeft(seconds)).toBe(expected);
  });
});
