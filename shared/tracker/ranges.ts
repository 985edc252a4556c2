import * as v from 'valibot';

import { MAX_PIECE_COUNT } from '../share/geometry.ts';
import { MAX_RANGES } from './limits.ts';

const pieceField = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(MAX_PIECE_COUNT - 1),
);

const rangeField = v.pipe(
  v.strictTuple([pieceField, pieceField]),
  v.check(([first, last]) => first <= last, 'an empty range'),
);

/** Pieces as [first, last] ranges, both inclusive; no more pieces in all than a share may have. */
export const rangesField = v.pipe(
  v.array(rangeField),
  v.minLength(1),
  v.maxLength(MAX_RANGES),
  v.check((ranges) => countPieces(ranges) <= MAX_PIECE_COUNT, 'ranges that overlap'),
);

function countPieces(ranges: readonly (readonly [number, number])[]): number {
  return ranges.reduce((count, [first, last]) => count + last - first + 1, 0);
}
