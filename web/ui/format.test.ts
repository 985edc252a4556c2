import { afterEach, describe, expect, test } from 'vitest';
import { formatBytes, formatBytesClosely, formatSpeed } from './format.ts';
import { switchLanguage } from './words/catalogue.ts';

afterEach(() => switchLanguage('en'));

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
    [5_000_000_000_000_000, '5,000 TB'],
  ])('%d is %s', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });

  test('never shows four digits before the point below the last unit', () => {
    for (let bytes = 1000; bytes < 900e12; bytes = Math.ceil(bytes * 1.013)) {
      expect(formatBytes(bytes)).toMatch(/^\d{1,3}(\.\d)? [kMGT]B$/);
    }
  });
});

test.each([
  [999, '999 bytes'],
  [1000, '1.00 kB'],
  [1_234_000, '1.23 MB'],
  [9_994_000, '9.99 MB'],
  [9_996_000, '10.0 MB'],
  [12_340_000, '12.3 MB'],
  [318_200_000, '318 MB'],
  [999_500_000, '1.00 GB'],
])('formatBytesClosely: %d is %s', (bytes, expected) => {
  expect(formatBytesClosely(bytes)).toBe(expected);
});

test('formatSpeed appends the second', () => {
  expect(formatSpeed(3_210_000)).toBe('3.2 MB/s');
  expect(formatSpeed(0.4)).toBe('0.0 kB/s');
});

test('an amount keeps its order in a line that runs from right to left', async () => {
  await switchLanguage('he');
  expect(formatBytes(3_000_000)).toMatch(/^\u2068.*3\.0.MB.*\u2069$/);
});
