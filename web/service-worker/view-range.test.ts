import { describe, expect, test } from 'vitest';
import { parseRange } from './view-range.ts';

describe('F3: parseRange', () => {
  test.each([
    ['bytes=0-', 0, 99],
    ['bytes=5-', 5, 99],
    ['bytes=5-9', 5, 9],
    ['bytes=5-5', 5, 5],
    ['bytes=99-', 99, 99],
    ['bytes=90-1000', 90, 99],
    ['bytes=-1', 99, 99],
    ['bytes=-1000', 0, 99],
  ])('%s of 100 bytes is %i to %i', (header, first, last) => {
    expect(parseRange(header, 100)).toEqual({ kind: 'part', first, last });
  });

  test.each([
    'bytes=100-',
    'bytes=9-5',
    'bytes=-0',
    'bytes=-',
    'bytes=',
    'bytes',
    '',
    '0-5',
    'bytes=0-5,7-9',
    'bytes= 0-5',
    'bytes=0x1-5',
    'bytes=1e1-',
    'bytes=-5-',
    'bytes=99999999999999999999-',
    'items=0-5',
  ])('%s of 100 bytes is refused', (header) => {
    expect(parseRange(header, 100)).toEqual({ kind: 'unsatisfiable' });
  });

  test('without a range it is all of it, and of an empty file there is no range', () => {
    expect(parseRange(null, 100)).toEqual({ kind: 'all' });
    expect(parseRange(null, 0)).toEqual({ kind: 'all' });
    for (const header of ['bytes=0-', 'bytes=-1', 'bytes=0-0'])
      expect(parseRange(header, 0)).toEqual({ kind: 'unsatisfiable' });
  });
});
