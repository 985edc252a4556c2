import type { ShareId } from '../../shared/share/share-id.ts';
import type { ReplicateMessage } from '../../shared/tracker/replicate.ts';
import { computeRanges } from '../../shared/share/piece-ranges.ts';
import type { Books } from '../registry/books.ts';
import type { RegistryLimits } from '../registry/registry-limits.ts';
import { BATCHES_PER_SHARE, PIECES_PER_ROUND, TRY_AGAIN_MS } from './copy-limits.ts';
import type { Assignment, Helpers } from './plan-copies.ts';
import { planCopies } from './plan-copies.ts';
import type { Promises } from './promises.ts';
import type { Replication } from './replication.ts';
import type { Volunteer } from './volunteer.ts';
import type { VolunteerPool } from './volunteer-pool.ts';

/** What one volunteer is to be told. */
export interface Order {
  readonly peerId: string;
  readonly message: ReplicateMessage;
}

export interface PlannerParts {
  readonly books: Books;
  readonly limits: Pick<RegistryLimits, 'peersPerSwarm' | 'swarmsPerPeer'>;
  readonly pool: VolunteerPool;
  readonly promises: Promises;
  readonly random: () => number;
}

/** Knows which shares lack copies, and looks at those alone whose books changed since. */
export class CopyPlanner implements Helpers {
  readonly #parts: PlannerParts;
  readonly #dirty = new Set<Replication>();
  /** Lack copies though they were planned for: nobody could be asked. */
  readonly #waiting = new Set<Replication>();
  #tryAgainAtMs = 0;
  /** Called where copies were lost: sooner than the next regular round would be good. */
  onUrgent = (): void => {};

  constructor(parts: PlannerParts) {
    this.#parts = parts;
  }

  /** To be called after every change. `missingBefore` is how many copies the share lacked before it. */
  recordChange(replication: Replication, missingBefore: number): void {
    if (replication.missing === 0) return;
    this.#dirty.add(replication);
    if (replication.missing > missingBefore) this.onUrgent();
  }

  /** Somebody can be asked who could not be before. */
  recordRoom(): void {
    for (const replication of this.#waiting) this.#dirty.add(replication);
    if (this.#waiting.size > 0) this.onUrgent();
    this.#waiting.clear();
  }

  forget(replication: Replication): void {
    this.#dirty.delete(replication);
    this.#waiting.delete(replication);
  }

  /** Takes late promises back and makes new ones. */
  plan(nowMs: number): Order[] {
    const { books, pool, promises } = this.#parts;
    for (const { volunteer, replication } of promises.expire(nowMs)) {
      const { shareId } = replication.swarm;
      if (books.holding(volunteer.peerId, shareId) === undefined) {
        replication.volunteers.delete(volunteer);
      }
      this.#dirty.add(replication);
    }
    if (pool.wake(nowMs)) this.recordRoom();
    this.#tryAgain(nowMs);
    const orders: Order[] = [];
    let pieceCount = 0;
    for (const replication of this.#dirty) {
      if (pool.askableCount === 0 || pieceCount > PIECES_PER_ROUND) break;
      this.#dirty.delete(replication);
      if (replication.missing === 0) continue;
      pieceCount += replication.copies.length;
      for (const assignment of this.#planShare(replication)) {
        orders.push(this.#order(assignment, replication, nowMs));
      }
      if (replication.missing > 0) this.#waiting.add(replication);
    }
    return orders;
  }

  get askableCount(): number {
    return this.#parts.pool.askableCount;
  }

  sample(count: number, random: () => number): readonly Volunteer[] {
    return this.#parts.pool.sample(count, random);
  }

  mayJoin(volunteer: Volunteer, replication: Replication): boolean {
    const { books, limits } = this.#parts;
    const { peerId } = volunteer;
    const { shareId, holdings } = replication.swarm;
    if (volunteer.declined.has(shareId) || replication.distrust.has(peerId)) return false;
    const holding = books.holding(peerId, shareId);
    if (holding !== undefined) return holding.role === 'volunteer';
    const swarmCount = books.peers.get(peerId)?.size ?? 0;
    return (
      holdings.length < limits.peersPerSwarm &&
      swarmCount + volunteer.batches.size < limits.swarmsPerPeer
    );
  }

  hasPiece({ peerId }: Volunteer, replication: Replication, piece: number): boolean {
    const holding = this.#parts.books.holding(peerId, replication.swarm.shareId);
    return holding !== undefined && replication.isInBrowser(holding, piece);
  }

  /** Who was looked at for a share was a sample: there may be others who can help. */
  #tryAgain(nowMs: number): void {
    if (nowMs < this.#tryAgainAtMs) return;
    this.#tryAgainAtMs = nowMs + TRY_AGAIN_MS;
    for (const replication of this.#waiting) this.#dirty.add(replication);
    this.#waiting.clear();
  }

  #planShare(replication: Replication): readonly Assignment[] {
    if (replication.batches.size >= BATCHES_PER_SHARE) return [];
    return planCopies(replication, this, this.#parts.random);
  }

  #order(assignment: Assignment, replication: Replication, nowMs: number): Order {
    const { target, swarm, header } = replication;
    if (target === undefined) throw new Error('planned though nobody asks');
    const batch = this.#parts.promises.make(assignment, replication, nowMs);
    const shareId: ShareId = swarm.shareId;
    const message: ReplicateMessage = {
      shareId,
      header: header.bytes,
      target: target.statement,
      pieces: computeRanges(assignment.pieces.toSorted((a, b) => a - b)),
      deadlineMs: Math.ceil(batch.deadlineMs - nowMs),
    };
    return { peerId: assignment.volunteer.peerId, message };
  }
}
