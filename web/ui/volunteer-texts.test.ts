import { expect, test } from 'vitest';
import type { VolunteerState } from '../app/app-state.ts';
import {
  computeVolunteerFigures,
  computeVolunteerHint,
  listBudgets,
  listUploadLimits,
} from './volunteer-texts.ts';
import { tellProblem } from './words/problem-texts.ts';
import { VOLUNTEER_TEXTS } from './words/volunteer-texts.ts';

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
  expect(computeVolunteerHint(OFF)).toBe(VOLUNTEER_TEXTS.offer);
  expect(computeVolunteerHint(ON)).toBe(VOLUNTEER_TEXTS.idle);
  expect(computeVolunteerHint({ ...OFF, ...HELD })).toBe(VOLUNTEER_TEXTS.resting);
});

test('says what is in the way', () => {
  const problem = { code: 'no-room-for-others' } as const;
  expect(tellProblem(problem)).toMatch(/^This browser has no more room .*\. What is kept stays/);
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
  const { budgetBytes: value } = OFF.settings;
  expect(listBudgets()).toContainEqual({ value, label: '512 MB' });
  expect(listBudgets().map(({ label }) => label)).toContain('2 GB');
  expect(listUploadLimits().map(({ label }) => label)).toEqual(
    expect.arrayContaining(['100 kB/s', '1 MB/s']),
  );
});
