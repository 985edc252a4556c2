import * as v from 'valibot';

import { MAX_PIECE_COUNT } from '../share/geometry.ts';
import type { PieceRange } from '../share/piece-ranges.ts';
import { MAX_RANGES } from './limits.ts';

/** Pieces as [first, last] ranges, both inclusive; no more pieces in all than a share may have. */
export const rangesField = v.custom<PieceRange[]>(areRanges, 'not ranges of pieces');

/** One function and not a schema for each number: gains come in by the thousand. */
function areRanges(input: unknown): boolean {
  if (!Array.isArray(input) || input.length === 0 || input.length > MAX_RANGES) return false;
  let pieceCount = 0;
  for (const range of input) {
    if (!isRange(range)) return false;
    pieceCount += range[1] - range[0] + 1;
  }
  return pieceCount <= MAX_PIECE_COUNT;
}

function isRange(input: unknown): input is PieceRange {
  if (!Array.isArray(input) || input.length !== 2) return false;
  const [first, last]: unknown[] = input;
  return isPiece(first) && isPiece(last) && first <= last;
}

function isPiece(input: unknown): input is number {
  return Number.isInteger(input) && Number(input) >= 0 && Number(input) < MAX_PIECE_COUNT;
}
