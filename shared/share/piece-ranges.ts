/** [first, last], both inclusive. */
export type PieceRange = readonly [first: number, last: number];

/** Ascending pieces as few ranges as can be. */
export function computeRanges(pieces: Iterable<number>): [first: number, last: number][] {
  const ranges: [first: number, last: number][] = [];
  let open: [first: number, last: number] | undefined;
  for (const piece of pieces) {
    if (open !== undefined && open[1] === piece - 1) open[1] = piece;
    else {
      open = [piece, piece];
      ranges.push(open);
    }
  }
  return ranges;
}

/** Every piece of every range, in their order. */
export function* listPieces(ranges: Iterable<PieceRange>): Generator<number> {
  for (const [first, last] of ranges) {
    for (let piece = first; piece <= last; piece += 1) yield piece;
  }
}

/** The pieces of both, ascending, as few ranges as can be. */
export function uniteRanges(
  some: Iterable<PieceRange>,
  others: Iterable<PieceRange>,
): readonly PieceRange[] {
  const pieces = new Set([...listPieces(some), ...listPieces(others)]);
  return computeRanges([...pieces].toSorted((a, b) => a - b));
}
