import { computeSealedLength } from '../../shared/share/geometry.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import { BACK_OFF_MS, SLOWEST_RATE, START_MS } from './copy-limits.ts';
import type { Assignment } from './plan-copies.ts';
import type { Replication } from './replication.ts';
import type { Batch, Volunteer } from './volunteer.ts';
import type { VolunteerPool } from './volunteer-pool.ts';

/** What volunteers were told to fetch and do not hold yet. */
export class Promises {
  readonly #pool: VolunteerPool;
  readonly #batches = new Set<Batch>();

  constructor(pool: VolunteerPool) {
    this.#pool = pool;
  }

  make({ volunteer, pieces, bytes }: Assignment, replication: Replication, nowMs: number): Batch {
    volunteer.promisedBytes += bytes;
    volunteer.promisedPieces += pieces.length;
    // It fetches this after what it was told before.
    const deadlineMs = nowMs + START_MS + (volunteer.promisedBytes / SLOWEST_RATE) * 1000;
    const batch = { volunteer, replication, pieces: new Set(pieces), deadlineMs };
    for (const piece of pieces) replication.promise(piece, 1);
    this.#batches.add(batch);
    volunteer.batches.add(batch);
    replication.batches.add(batch);
    replication.volunteers.add(volunteer);
    this.#pool.update(volunteer);
    return batch;
  }

  /** The volunteer holds the piece. Returns whether that was the last one of a batch. */
  keep(volunteer: Volunteer, replication: Replication, piece: number): boolean {
    for (const batch of volunteer.batches) {
      if (batch.replication !== replication || !batch.pieces.has(piece)) continue;
      this.#drop(batch, piece);
      if (batch.pieces.size > 0) return false;
      this.#close(batch);
      return true;
    }
    return false;
  }

  /** What this volunteer was told of this share, or of all, it will not fetch. Returns the shares that it was of. */
  cancel(volunteer: Volunteer, shareId?: ShareId): Set<Replication> {
    const cancelled = new Set<Replication>();
    for (const batch of volunteer.batches) {
      if (shareId !== undefined && batch.replication.swarm.shareId !== shareId) continue;
      cancelled.add(batch.replication);
      this.#cancelBatch(batch);
    }
    return cancelled;
  }

  cancelShare(replication: Replication): void {
    for (const batch of replication.batches) this.#cancelBatch(batch);
  }

  /** Cancels what is late, and returns it. */
  expire(nowMs: number): Batch[] {
    const late: Batch[] = [];
    for (const batch of this.#batches) {
      if (batch.deadlineMs > nowMs) continue;
      late.push(batch);
      this.#pool.rest(batch.volunteer, nowMs + BACK_OFF_MS);
      this.#cancelBatch(batch);
    }
    return late;
  }

  #cancelBatch(batch: Batch): void {
    for (const piece of batch.pieces) this.#drop(batch, piece);
    this.#close(batch);
  }

  #drop({ volunteer, replication, pieces }: Batch, piece: number): void {
    pieces.delete(piece);
    replication.promise(piece, -1);
    volunteer.promisedPieces -= 1;
    volunteer.promisedBytes -= computeSealedLength(replication.header.geometry, piece);
  }

  #close(batch: Batch): void {
    this.#batches.delete(batch);
    batch.volunteer.batches.delete(batch);
    batch.replication.batches.delete(batch);
    this.#pool.update(batch.volunteer);
  }
}
