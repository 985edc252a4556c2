import { describe, expect, test } from 'vitest';
import { PIECE } from '../app/sight.ts';
import { computeGrid, computeLooks, countStates, FULL, partsOf } from './piece-cells.ts';

const { held, available, unavailable, fetching, unsealed } = PIECE;

describe('the grid', () => {
  test.each([
    [1, 640],
    [74, 296],
    [1_024, 640],
    [10_240, 640],
    [65_536, 296],
    [65_536, 640],
    [5, 3],
  ])('has room for %i pieces in %i pixels', (pieceCount, widthPx) => {
    const grid = computeGrid(pieceCount, widthPx);
    expect(grid.cellCount * grid.piecesPerCell).toBeGreaterThanOrEqual(pieceCount);
    expect((grid.cellCount - 1) * grid.piecesPerCell).toBeLessThan(pieceCount);
    expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(grid.cellCount);
    expect(grid.rows * grid.pitchPx).toBeLessThanOrEqual(170);
    if (widthPx > 100) expect(grid.columns * grid.pitchPx).toBeLessThanOrEqual(widthPx);
  });

  test('gives each of a thousand pieces a cell of its own, and shares cells only where it must', () => {
    expect(computeGrid(1_024, 640).piecesPerCell).toBe(1);
    expect(computeGrid(1_024, 296).piecesPerCell).toBe(1);
    expect(computeGrid(10_240, 640).piecesPerCell).toBe(4);
  });
});

function lookOfPieces(...pieces: readonly number[]) {
  const grid = { columns: 1, rows: 1, cellCount: 1, pitchPx: 6, piecesPerCell: pieces.length };
  return partsOf(computeLooks(Uint8Array.from(pieces), grid)[0] ?? -1);
}

describe('a cell', () => {
  test('of one piece shows how it stands with it', () => {
    expect(lookOfPieces(held)).toEqual({ fill: FULL, rest: held });
    expect(lookOfPieces(fetching)).toEqual({ fill: 0, rest: fetching });
    expect(lookOfPieces(unsealed)).toEqual({ fill: 0, rest: unsealed });
  });

  test('of several is filled as far as they are held, and full only with all of them', () => {
    expect(lookOfPieces(held, held, available, available).fill).toBe(4);
    expect(lookOfPieces(...Array(99).fill(held), available).fill).toBe(FULL - 1);
  });

  test('of several shows what is under way, and otherwise what most of the missing are', () => {
    expect(lookOfPieces(available, available, fetching).rest).toBe(fetching);
    expect(lookOfPieces(held, unavailable, available, unavailable).rest).toBe(unavailable);
    expect(lookOfPieces(held, available, available, unavailable).rest).toBe(available);
  });
});

test('the last cell may stand for fewer pieces', () => {
  const grid = { columns: 2, rows: 1, cellCount: 2, pitchPx: 6, piecesPerCell: 2 };
  const looks = computeLooks(Uint8Array.of(available, available, held), grid);
  expect([...looks].map((look) => partsOf(look).fill)).toEqual([0, FULL]);
});

test('states are counted', () => {
  const counts = countStates(Uint8Array.of(held, held, available));
  expect([counts[held], counts[available], counts[fetching]]).toEqual([2, 1, 0]);
});
