import type { Geometry } from '../../shared/share/geometry.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';

/** Where somebody reads a stream: the next byte, and the first that is not wanted any more. */
export interface ReadingPlace {
  readonly offset: number;
  readonly end: number;
}

/** What those who read want first: what the first one reads next, up to `aheadBytes` further on, then the second. */
export function computeFocus(
  places: readonly ReadingPlace[],
  { pieceSize }: Geometry,
  aheadBytes: number,
): PieceRange[] {
  return places
    .filter(({ offset, end }) => offset < end)
    .map(({ offset, end }) => [
      Math.floor(offset / pieceSize),
      Math.floor((Math.min(end, offset + aheadBytes) - 1) / pieceSize),
    ]);
}
