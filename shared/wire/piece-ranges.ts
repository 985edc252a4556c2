/** Pieces as [first, last] ranges, both inclusive. */
type Range = [first: number, last: number];

/** Ascending pieces as few ranges as can be. */
export function computeRanges(pieces: Iterable<number>): Range[] {
  const ranges: Range[] = [];
  let open: Range | undefined;
  for (const piece of pieces) {
    if (open !== undefined && open[1] === piece - 1) open[1] = piece;
    else {
      open = [piece, piece];
      ranges.push(open);
    }
  }
  return ranges;
}
