import type { Bytes } from '../../shared/share/bytes.ts';
import type { Route } from '../../shared/swarm/ports/transport.ts';
import type { Speeds } from './speed-history.ts';
import { PIECE_STATE } from '../../shared/swarm/piece-states.ts';

/** How a piece is shown: as the engine says, and of one's own share also that it was not sealed yet. */
export const PIECE = { ...PIECE_STATE, unsealed: 5 } as const;

/** What somebody sees who looks closely at a share. Made when it is asked for, and not for every change. */
export interface Sight {
  /** One byte a piece, in order: a PIECE each. */
  readonly pieces: Bytes;
  readonly speeds: Speeds;
  /** By number; 30 at most. */
  readonly peers: readonly SightedPeer[];
}

/** One connection. */
export interface SightedPeer {
  readonly kind: 'peer' | 'volunteer';
  /** Stays the same while the page is open, beginning with 1 for each kind. */
  readonly number: number;
  /** Of all pieces, those that it says that it has. */
  readonly percent: number;
  readonly downBytesPerSecond: number;
  readonly upBytesPerSecond: number;
  /** Undefined while it is not known. */
  readonly route: Route | undefined;
}
