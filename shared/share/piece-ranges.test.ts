import fc from 'fast-check';
import { expect, test } from 'vitest';

import { computeRanges, listPieces } from './piece-ranges.ts';

test('ranges are as few as can be, and give back exactly the pieces that they were made of', () => {
  const pieces = fc.uniqueArray(fc.nat({ max: 40 })).map((some) => some.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(pieces, (ascending) => {
      const ranges = computeRanges(ascending);
      expect([...listPieces(ranges)]).toEqual(ascending);
      const gaps = ascending.filter((piece, i) => i > 0 && ascending[i - 1] !== piece - 1);
      expect(ranges).toHaveLength(ascending.length === 0 ? 0 : gaps.length + 1);
    }),
  );
});
