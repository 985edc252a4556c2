import type { ShareId } from '../../shared/share/share-id.ts';
import { BoundedMap } from './bounded-map.ts';
import { BATCHES_PER_VOLUNTEER, MAX_REMEMBERED } from './copy-limits.ts';
import type { Replication } from './replication.ts';

/** Pieces of one share that one volunteer was told to fetch and does not hold yet. */
export interface Batch {
  readonly volunteer: Volunteer;
  readonly replication: Replication;
  readonly pieces: Set<number>;
  readonly deadlineMs: number;
}

/** One connection that offers room. All bytes are of sealed pieces. */
export class Volunteer {
  readonly peerId: string;
  /** How much it keeps at most. */
  budgetBytes = 0;
  /** How much it kept when it offered, as it said: more than it has announced where it has just come back. */
  toldBytes = 0;
  /** What it has announced as a volunteer, in all shares. */
  heldBytes = 0;
  heldPieces = 0;
  promisedBytes = 0;
  promisedPieces = 0;
  readonly batches = new Set<Batch>();
  readonly declined = new BoundedMap<ShareId, true>(MAX_REMEMBERED);
  /** It missed a deadline, and is left alone until then. */
  restsUntilMs = -Infinity;
  /** Where it stands among those that can be asked; -1 where it is not. */
  position = -1;

  constructor(peerId: string) {
    this.peerId = peerId;
  }

  get roomBytes(): number {
    return this.budgetBytes - Math.max(this.toldBytes, this.heldBytes) - this.promisedBytes;
  }

  get isBusy(): boolean {
    return this.batches.size >= BATCHES_PER_VOLUNTEER;
  }

  isPromised(replication: Replication, piece: number): boolean {
    for (const batch of this.batches) {
      if (batch.replication === replication && batch.pieces.has(piece)) return true;
    }
    return false;
  }
}
