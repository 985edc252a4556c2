import type { UseStore } from 'idb-keyval';
import type { Clock } from '../../shared/swarm/ports/clock.ts';
import type { VolunteerPieces } from '../app/ports/volunteer-records.ts';
import { clear } from 'idb-keyval';
import { VerifiedPieceStore } from '../../shared/swarm/verified-piece-store.ts';
import { IdbPieceStore } from './idb-piece-store.ts';

/** Pieces kept for others, in a database of their own: forgetting them never touches this browser's shares. */
export function createIdbVolunteerPieces(database: UseStore, clock: Clock): VolunteerPieces {
  return {
    open: (shareId, verifyPiece) =>
      new VerifiedPieceStore(new IdbPieceStore(database, shareId, clock), verifyPiece),
    clear: () => clear(database),
  };
}
