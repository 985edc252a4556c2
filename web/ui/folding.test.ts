import { expect, test } from 'vitest';
import type { ShareCard } from '../app/app-state.ts';
import { findFoldable } from './folding.ts';

type Card = Pick<ShareCard, 'key' | 'role' | 'status'>;

const SHARING = { role: 'sharer', status: { kind: 'sharing' } } as const;

function make(count: number, change: Omit<Card, 'key'> = SHARING): Card[] {
  return Array.from({ length: count }, (_, i) => ({ key: `${i}`, ...change }));
}

test('a few cards are shown whole', () => {
  expect(findFoldable(make(5)).size).toBe(0);
});

test('of many the newest is shown whole, and the others are a row each', () => {
  expect([...findFoldable(make(6))]).toEqual(['1', '2', '3', '4', '5']);
});

test.each<[string, Omit<Card, 'key'>]>([
  ['under way', { role: 'receiver', status: { kind: 'downloading' } }],
  ['not saved', { role: 'receiver', status: { kind: 'complete', saved: false } }],
  ['waiting for a press', { role: 'receiver', status: { kind: 'ready' } }],
  ['failed', { role: 'receiver', status: { kind: 'failed', problem: { code: 'bad-index' } } }],
  [
    'asking for its files',
    { role: 'sharer', status: { kind: 'sharing-stored', missingBytes: 1, canAllow: false } },
  ],
])('what is %s is shown whole, however many there are', (_, card) => {
  expect(findFoldable(make(30, card)).size).toBe(0);
});

test('what is saved is a row', () => {
  const saved = { role: 'receiver', status: { kind: 'complete', saved: true } } as const;
  expect(findFoldable(make(30, saved)).size).toBe(29);
});
