import { expect, test } from 'vitest';
import { computeFocus } from './compute-focus.ts';

const GEOMETRY = { streamLength: 1_000, pieceSize: 100, pieceCount: 10 };

function focus(offset: number, end: number, ahead: number) {
  return computeFocus([{ offset, end }], GEOMETRY, ahead);
}

test('F4: what is read next is wanted first, so far ahead and no further than is read', () => {
  expect(focus(0, 1_000, 300)).toEqual([[0, 2]]);
  expect(focus(250, 1_000, 300)).toEqual([[2, 5]]);
  expect(focus(250, 260, 300)).toEqual([[2, 2]]);
  expect(focus(950, 1_000, 300)).toEqual([[9, 9]]);
  expect(focus(299, 301, 300)).toEqual([[2, 3]]);
});

test('F4: of several readers each has its turn, and whoever has read all wants nothing', () => {
  const places = [
    { offset: 900, end: 1_000 },
    { offset: 400, end: 400 },
    { offset: 0, end: 1_000 },
  ];
  expect(computeFocus(places, GEOMETRY, 100)).toEqual([
    [9, 9],
    [0, 0],
  ]);
});
