import type { Geometry } from '../../shared/share/geometry.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { Transfer } from './app-state.ts';
import { listPieces } from '../../shared/share/piece-ranges.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { NO_TRANSFER } from './card-transfer.ts';

/** What is stored of a share that does not run. */
export function computeRestingTransfer(
  { pieceCount }: Geometry,
  held: Bitfield,
  wantedRanges: Iterable<PieceRange>,
  goalBytes: number,
): Transfer {
  const wanted = Bitfield.of(pieceCount, listPieces(wantedRanges));
  const missing = held.countMissingFrom(wanted);
  const portion = 1 - missing / Math.max(1, wanted.count);
  const heldBytes = Math.floor(portion * goalBytes);
  return { ...NO_TRANSFER, goalBytes, heldBytes, percent: Math.floor(portion * 100) };
}

/** What is left to show of one that ran until now. */
export function computeStoppedTransfer(last: Transfer): Transfer {
  const { goalBytes, heldBytes, percent, sentBytes } = last;
  return { ...NO_TRANSFER, goalBytes, heldBytes, percent, sentBytes };
}
