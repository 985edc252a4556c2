import { expect, test } from 'vitest';
import type { VolunteerState } from '../app/app-state.ts';
import { TEXTS } from './texts.ts';
import {
  BUDGET_CHOICES,
  computeVolunteerFigures,
  computeVolunteerHint,
} from './volunteer-texts.ts';

const OFF: VolunteerState = {
  settings: { isOn: false, budgetBytes: 512_000_000, uploadBytesPerSecond: undefined },
  heldBytes: 0,
  pieceCount: 0,
  shareCount: 0,
  upBytesPerSecond: 0,
  problem: undefined,
};
const ON: VolunteerState = { ...OFF, settings: { ...OFF.settings, isOn: true } };
const HELD = { heldBytes: 124_000_000, pieceCount: 1204, shareCount: 3 };

test('says what it is about before it is turned on, and what happens once it is', () => {
  expect(computeVolunteerHint(OFF)).toBe(TEXTS.volunteer.offer);
  expect(computeVolunteerHint(ON)).toBe(TEXTS.volunteer.idle);
  expect(computeVolunteerHint({ ...OFF, ...HELD })).toBe(TEXTS.volunteer.resting);
});

test('says what is in the way', () => {
  const problem = { code: 'x', sentence: 'It is full.', advice: 'Make room.' };
  expect(computeVolunteerHint({ ...ON, ...HELD, problem })).toBe('It is full. Make room.');
});

test('tells sizes and counts, which is all there is to know', () => {
  expect(computeVolunteerFigures(ON)).toEqual([]);
  expect(computeVolunteerFigures({ ...ON, ...HELD, upBytesPerSecond: 400_000 })).toEqual([
    'Keeping 124 MB of 512 MB',
    '1,204 pieces of 3 shares',
    'Sending 400 kB/s',
  ]);
  expect(computeVolunteerFigures({ ...OFF, ...HELD })[0]).toBe('124 MB still stored here');
});

test('offers the space that is lent unless somebody chooses', () => {
  expect(BUDGET_CHOICES.get(OFF.settings.budgetBytes)).toBe('512 MB');
});
