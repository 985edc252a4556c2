import type { Bytes } from '../share/bytes.ts';
import type { SwarmContext } from './swarm-context.ts';

/** How it stands with one piece. */
export const PIECE_STATE = {
  /** Missing, and no connected peer offers it. */
  unavailable: 0,
  /** Missing; a connected peer has it. */
  available: 1,
  /** Asked for, or being verified. */
  fetching: 2,
  held: 3,
  /** Neither held nor to be held. */
  unwanted: 4,
} as const;

/** One byte a piece, in order: a PIECE_STATE each. */
export function computePieceStates({ geometry, held, wanted, picker }: SwarmContext): Bytes {
  const states = new Uint8Array(geometry.pieceCount);
  for (let piece = 0; piece < states.length; piece += 1) {
    if (held.has(piece)) states[piece] = PIECE_STATE.held;
    else if (!wanted.has(piece)) states[piece] = PIECE_STATE.unwanted;
    else if (!picker.isCandidate(piece)) states[piece] = PIECE_STATE.fetching;
    else if (picker.availabilityOf(piece) > 0) states[piece] = PIECE_STATE.available;
  }
  return states;
}
