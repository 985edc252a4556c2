import { PIECE } from '../app/sight.ts';

/** Smaller ones cannot be told apart, larger ones say no more. With the gap to the next. */
const MIN_PITCH_PX = 6;
const MAX_PITCH_PX = 14;
const MAX_HEIGHT_PX = 168;
/** A cell of several pieces is filled in so many steps. */
export const FULL = 8;

export interface CellGrid {
  readonly columns: number;
  readonly rows: number;
  readonly cellCount: number;
  readonly pitchPx: number;
  /** The last cell may stand for fewer. */
  readonly piecesPerCell: number;
}

/** As large as leaves room for all; where not even the smallest do, several pieces share a cell. */
export function computeGrid(pieceCount: number, widthPx: number): CellGrid {
  for (let pitchPx = MAX_PITCH_PX; pitchPx > MIN_PITCH_PX; pitchPx -= 1) {
    const grid = layOut(pieceCount, 1, pitchPx, widthPx);
    if (grid.rows * pitchPx <= MAX_HEIGHT_PX) return grid;
  }
  const columns = Math.max(1, Math.floor(widthPx / MIN_PITCH_PX));
  const rows = Math.floor(MAX_HEIGHT_PX / MIN_PITCH_PX);
  return layOut(pieceCount, Math.ceil(pieceCount / (columns * rows)), MIN_PITCH_PX, widthPx);
}

function layOut(
  pieceCount: number,
  piecesPerCell: number,
  pitchPx: number,
  widthPx: number,
): CellGrid {
  const columns = Math.max(1, Math.floor(widthPx / pitchPx));
  const cellCount = Math.ceil(pieceCount / piecesPerCell);
  const rows = Math.ceil(cellCount / columns);
  return { columns, rows, cellCount, pitchPx, piecesPerCell };
}

/** What a cell looks like, in one byte: how much of it is held, 0 to FULL, and how it stands with the rest, a PIECE. */
export function lookOf(fill: number, rest: number): number {
  return fill * 8 + rest;
}

export function partsOf(look: number): { readonly fill: number; readonly rest: number } {
  return { fill: look >> 3, rest: look & 7 };
}

/** One look a cell. Something under way shows, however little; otherwise what most of the missing ones are. */
export function computeLooks(
  pieces: Uint8Array,
  { cellCount, piecesPerCell }: CellGrid,
): Uint8Array {
  const looks = new Uint8Array(cellCount);
  const counts = new Uint32Array(8);
  for (let cell = 0; cell < cellCount; cell += 1) {
    const first = cell * piecesPerCell;
    const end = Math.min(pieces.length, first + piecesPerCell);
    counts.fill(0);
    for (let piece = first; piece < end; piece += 1) {
      const state = pieces[piece] ?? 0;
      counts[state] = (counts[state] ?? 0) + 1;
    }
    looks[cell] = computeLook(counts, end - first);
  }
  return looks;
}

const RESTS = [PIECE.available, PIECE.unavailable, PIECE.unsealed, PIECE.unwanted];

function computeLook(counts: Uint32Array, count: number): number {
  const heldCount = counts[PIECE.held] ?? 0;
  if (heldCount === count) return lookOf(FULL, PIECE.held);
  // Full only where nothing is missing.
  const fill = Math.min(FULL - 1, Math.round((heldCount / count) * FULL));
  if ((counts[PIECE.fetching] ?? 0) > 0) return lookOf(fill, PIECE.fetching);
  let most: number = PIECE.unavailable;
  for (const rest of RESTS) if ((counts[rest] ?? 0) > (counts[most] ?? 0)) most = rest;
  return lookOf(fill, most);
}

/** How many pieces are in each state, by PIECE. */
export function countStates(pieces: Uint8Array): Uint32Array {
  const counts = new Uint32Array(8);
  for (const state of pieces) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
