import { expect, test } from 'vitest';
import { PIECE } from '../app/sight.ts';
import { countStates } from './piece-cells.ts';
import { describeMap, listLegend } from './piece-map-texts.ts';

const { held, available, fetching, unavailable, unsealed } = PIECE;

function wordsOf(pieces: readonly number[], role: 'receiver' | 'sharer'): readonly string[] {
  return listLegend(countStates(Uint8Array.from(pieces)), role).map(({ words }) => words);
}

test('the legend says what each pattern means and how many have it', () => {
  expect(wordsOf([held, held, fetching, available, unavailable], 'receiver')).toEqual([
    '2 here',
    '1 on the way',
    '1 offered',
    '1 not offered yet',
  ]);
  expect(wordsOf([held, unsealed, unsealed], 'sharer')).toEqual([
    '1 encrypted',
    '2 not encrypted yet',
  ]);
});

test('it does not jump when there are none of the usual ones', () => {
  expect(wordsOf([held], 'receiver')).toHaveLength(4);
  expect(wordsOf([held], 'sharer')).toHaveLength(2);
});

test('for those who do not see the map its description changes ten times in a download', () => {
  const descriptions = new Set<string>();
  for (let count = 0; count <= 1_000; count += 1) {
    const pieces = new Uint8Array(1_000).fill(held, 0, count);
    descriptions.add(describeMap(countStates(pieces), 1_000, 'receiver'));
  }
  expect(descriptions.size).toBe(11);
  expect([...descriptions].at(-1)).toBe('Map of the pieces: 100% are here');
});
