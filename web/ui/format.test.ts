import { describe, expect, test } from 'vitest';
import { formatBytes, formatCount, formatSpeed, formatTimeLeft } from './format.ts';

describe('formatBytes', () => {
  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [12_400_000, '12.4 MB'],
    [99_940_000, '99.9 MB'],
    [99_960_000, '100 MB'],
    [318_200_000, '318 MB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1.0 GB'],
    [10_000_000_000, '10.0 GB'],
    [274_877_906_944, '275 GB'],
    [5_000_000_000_000_000, '5000 TB'],
  ])('%d is %s', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });

  test('never shows four digits before the point below the last unit', () => {
    for (let bytes = 1000; bytes < 900e12; bytes = Math.ceil(bytes * 1.013)) {
      expect(formatBytes(bytes)).toMatch(/^\d{1,3}(\.\d)? [kMGT]B$/);
    }
  });
});

test('formatSpeed appends the second', () => {
  expect(formatSpeed(3_210_000)).toBe('3.2 MB/s');
  expect(formatSpeed(0.4)).toBe('0 bytes/s');
});

describe('formatTimeLeft', () => {
  test.each([
    [undefined, ''],
    [Number.POSITIVE_INFINITY, ''],
    [0, 'a few seconds left'],
    [5, 'a few seconds left'],
    [6, 'about 10 s left'],
    [50, 'about 50 s left'],
    [51, 'about 1 min left'],
    [61, 'about 2 min left'],
    [120, 'about 2 min left'],
    [3540, 'about 59 min left'],
    [3541, 'about 1 h left'],
    [86_400, 'about 24 h left'],
    [86_401, 'more than a day left'],
  ])('%d s: %s', (seconds, expected) => {
    expect(formatTimeLeft(seconds)).toBe(expected);
  });
});

test('formatCount knows one from several, and groups thousands', () => {
  expect(formatCount(0, 'peer', 'peers')).toBe('0 peers');
  expect(formatCount(1, 'peer', 'peers')).toBe('1 peer');
  expect(formatCount(1204, 'file', 'files')).toBe('1,204 files');
});
