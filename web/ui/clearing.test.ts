import { expect, test } from 'vitest';
import type { AppState, ShareCard } from '../app/app-state.ts';
import { computeClearingLosses } from './clearing.ts';

function card(name: string, role: ShareCard['role'], status: ShareCard['status']): ShareCard {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is read of one
  return { name, role, status } as ShareCard;
}

const NONE: Pick<AppState, 'cards' | 'space' | 'volunteering'> = {
  cards: [],
  space: undefined,
  volunteering: undefined,
};

test('what is lost is named, a line for each kind', () => {
  const losses = computeClearingLosses({
    ...NONE,
    cards: [
      card('own.pdf', 'sharer', { kind: 'sharing' }),
      card('moving.mp4', 'receiver', { kind: 'downloading' }),
      card('resting.mp4', 'receiver', { kind: 'paused', problem: undefined }),
      card('unsaved.zip', 'receiver', { kind: 'complete', saved: false }),
      card('saved.zip', 'receiver', { kind: 'complete', saved: true }),
    ],
    space: { usedBytes: 1, quotaBytes: 2, storedBytes: new Map(), elsewhere: ['far.txt', ''] },
  });
  expect(losses).toEqual([
    'Your links stop working, unless others hold all of it: own.pdf',
    'Ends, and what is here of it is deleted: moving.mp4, resting.mp4',
    'Complete, but not saved yet: unsaved.zip',
    'Saved already: saved.zip',
    'In other tabs of this browser: far.txt, Shared files',
  ]);
});

function many(status: ShareCard['status']): ShareCard[] {
  return Array.from({ length: 30 }, (_, i) => card(`file ${i}`, 'receiver', status));
}

test('what is under way is named to the last, what is saved is not', () => {
  const [moving] = computeClearingLosses({ ...NONE, cards: many({ kind: 'downloading' }) });
  expect(moving).toContain('file 29');
  const [saved] = computeClearingLosses({
    ...NONE,
    cards: many({ kind: 'complete', saved: true }),
  });
  expect(saved).toContain('file 9 and 20 more');
});

test('nothing is nothing', () => {
  expect(computeClearingLosses(NONE)).toEqual([]);
});
