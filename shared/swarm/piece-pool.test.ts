import { describe, expect, test } from 'vitest';
import { PiecePool } from './piece-pool.ts';

function takeAll(pool: PiecePool): readonly number[] {
  const taken: number[] = [];
  for (let piece = pool.take(); piece !== undefined; piece = pool.take()) taken.push(piece);
  return taken;
}

describe('a pool of pieces', () => {
  test('gives the last one first', () => {
    const pool = new PiecePool(8, [3, 1, 2]);
    pool.add(5);
    expect(takeAll(pool)).toEqual([5, 2, 1, 3]);
  });

  test('has each piece once, however many are put in how often', () => {
    const pieces = [...Array(2_000).keys()];
    const pool = new PiecePool(2_000, [7]);
    for (let i = 0; i < 3; i += 1) for (const piece of pieces) pool.add(piece);
    expect(takeAll(pool).toSorted((a, b) => a - b)).toEqual(pieces);
  });

  test('takes a piece again that was taken out', () => {
    const pool = new PiecePool(8, [3]);
    pool.take();
    pool.add(3);
    expect(takeAll(pool)).toEqual([3]);
  });
});
