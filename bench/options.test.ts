import { expect, test } from 'vitest';
import { OptionError, pickNames, readOptions } from './options.ts';

test('what is not named has its default', () => {
  expect(readOptions([], { megabytes: 96 })).toEqual({ repeats: 5, megabytes: 96 });
  expect(readOptions([], { repeats: 1, megabytes: 7 })).toEqual({ repeats: 1, megabytes: 7 });
});

test('what is named counts', () => {
  const args = ['--megabytes', '24', '--repeats=2'];
  expect(readOptions(args, { megabytes: 96 })).toEqual({ repeats: 2, megabytes: 24 });
});

test('arms are named with commas between', () => {
  expect(readOptions(['--only', 'ours,killed'], {})?.only).toEqual(['ours', 'killed']);
});

test('names pick among those that are known, and none of them picks all', () => {
  expect(pickNames(['ours', 'raw'], ['raw'])).toEqual(['raw']);
  expect(pickNames(['ours', 'raw'], undefined)).toEqual(['ours', 'raw']);
  expect(() => pickNames(['ours', 'raw'], ['raw', 'typo'])).toThrow(OptionError);
  expect(() => pickNames(['ours', 'raw'], ['typo'])).toThrow('there is no typo among ours, raw');
});

test('simulations have sizes and seeds', () => {
  const args = ['--scenario', 'nat', '--peers', '10000', '--seed', '7', '--count=9', '--first=3'];
  const expected = { scenario: 'nat', peers: 10_000, seed: 7, count: 9, first: 3 };
  expect(readOptions(args, {})).toMatchObject(expected);
});

test('a load has a size, a length and a seed', () => {
  const expected = { peers: 50, seconds: 2, seed: 3 };
  expect(readOptions(['--peers', '50', '--seconds', '2', '--seed=3'], {})).toMatchObject(expected);
});

test.each([
  [['--peers', '0']],
  [['--seed', 'x']],
  [['--repeats', '0']],
  [['--repeats', '2.5']],
  [['--megabytes', '-1']],
  [['--size', '1']],
  [['x']],
])('%j is not understood', (args) => {
  expect(readOptions(args, {})).toBeUndefined();
});
