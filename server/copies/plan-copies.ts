import { computeSealedLength } from '../../shared/share/geometry.ts';
import {
  BATCHES_PER_SHARE,
  BATCHES_PER_VOLUNTEER,
  MAX_BATCH_BYTES,
  MAX_BATCH_PIECES,
  SAMPLE_SIZE,
  SPREAD,
} from './copy-limits.ts';
import type { Replication } from './replication.ts';
import type { Volunteer } from './volunteer.ts';

/** One volunteer to fetch these pieces. */
export interface Assignment {
  readonly volunteer: Volunteer;
  readonly pieces: readonly number[];
  /** Of the sealed pieces together. */
  readonly bytes: number;
}

/** Whom the planner may ask. */
export interface Helpers {
  readonly askableCount: number;
  readonly sample: (count: number, random: () => number) => readonly Volunteer[];
  /** Whether this volunteer can take part in the share at all. */
  readonly mayJoin: (volunteer: Volunteer, replication: Replication) => boolean;
  /** Whether its browser has the piece already. */
  readonly hasPiece: (volunteer: Volunteer, replication: Replication, piece: number) => boolean;
}

/**
 * Which volunteers are to fetch which pieces of a share that lacks copies: the rarest first, in small batches, each to
 * the one of a few who has least under way. It changes no book; the same books and random numbers give the same plan.
 */
export function planCopies(
  replication: Replication,
  helpers: Helpers,
  random: () => number,
): Assignment[] {
  const plan = new Plan(replication, helpers, random);
  for (let copies = 0; copies < replication.wanted; copies += 1) plan.raise(copies);
  return plan.assignments;
}

class Plan {
  readonly assignments: Assignment[] = [];
  readonly #replication: Replication;
  readonly #helpers: Helpers;
  readonly #random: () => number;
  readonly #batchPieces: number;
  /** Of each piece: copies, promises, and what this plan adds. */
  readonly #counts: Uint16Array;
  readonly #drafts = new Map<Volunteer, { bytes: number; batches: number; pieces: Set<number> }>();

  constructor(replication: Replication, helpers: Helpers, random: () => number) {
    this.#replication = replication;
    this.#helpers = helpers;
    this.#random = random;
    this.#counts = replication.copies.map(
      (copies, piece) => copies + (replication.promised[piece] ?? 0),
    );
    const sharers = Math.min(helpers.askableCount, SPREAD);
    const fairPart = Math.ceil(replication.missing / Math.max(1, sharers));
    this.#batchPieces = Math.min(MAX_BATCH_PIECES, fairPart);
  }

  /** Gives every piece that has so many copies one more, as far as there is somebody to ask. */
  raise(copies: number): void {
    let queue = this.#listPieces(copies);
    while (queue.length > 0 && this.#hasSlot()) {
      const assignment = this.#assign(queue);
      if (assignment === undefined) return;
      this.#book(assignment);
      const taken = new Set(assignment.pieces);
      queue = queue.filter((piece) => !taken.has(piece));
    }
  }

  #hasSlot(): boolean {
    return this.#replication.batches.size + this.assignments.length < BATCHES_PER_SHARE;
  }

  /** From a random piece on, in a circle: neighbours make short lists of ranges. */
  #listPieces(copies: number): number[] {
    const { length } = this.#counts;
    const first = Math.floor(this.#random() * length);
    const pieces: number[] = [];
    for (let i = 0; i < length; i += 1) {
      const piece = (first + i) % length;
      if (this.#counts[piece] === copies && this.#replication.hasSource(piece)) pieces.push(piece);
    }
    return pieces;
  }

  #assign(queue: readonly number[]): Assignment | undefined {
    const ranked = this.#findCandidates()
      .map((volunteer) => ({ volunteer, load: volunteer.promisedBytes + this.#drafted(volunteer) }))
      .toSorted((a, b) => a.load - b.load || b.volunteer.roomBytes - a.volunteer.roomBytes);
    for (const { volunteer } of ranked) {
      const assignment = this.#fill(volunteer, queue);
      if (assignment !== undefined) return assignment;
    }
    return undefined;
  }

  /** Once enough take part, others only where none of those has room for more. */
  #findCandidates(): readonly Volunteer[] {
    const { volunteers } = this.#replication;
    if (volunteers.size >= SPREAD) {
      const own = [...volunteers].filter((volunteer) => this.#mayTake(volunteer));
      if (own.length > 0) return own;
    }
    return this.#helpers
      .sample(SAMPLE_SIZE, this.#random)
      .filter((volunteer) => this.#mayTake(volunteer));
  }

  #mayTake(volunteer: Volunteer): boolean {
    const drafted = this.#drafts.get(volunteer)?.batches ?? 0;
    return (
      volunteer.position >= 0 &&
      volunteer.batches.size + drafted < BATCHES_PER_VOLUNTEER &&
      this.#helpers.mayJoin(volunteer, this.#replication)
    );
  }

  #fill(volunteer: Volunteer, queue: readonly number[]): Assignment | undefined {
    const { geometry } = this.#replication.header;
    const roomBytes = volunteer.roomBytes - this.#drafted(volunteer);
    const pieces: number[] = [];
    let bytes = 0;
    for (const piece of queue) {
      if (pieces.length >= this.#batchPieces) break;
      if (!this.#isNew(volunteer, piece)) continue;
      const length = computeSealedLength(geometry, piece);
      if (bytes + length > roomBytes) break;
      if (pieces.length > 0 && bytes + length > MAX_BATCH_BYTES) break;
      pieces.push(piece);
      bytes += length;
    }
    return pieces.length === 0 ? undefined : { volunteer, pieces, bytes };
  }

  #isNew(volunteer: Volunteer, piece: number): boolean {
    return (
      this.#drafts.get(volunteer)?.pieces.has(piece) !== true &&
      !volunteer.isPromised(this.#replication, piece) &&
      !this.#helpers.hasPiece(volunteer, this.#replication, piece)
    );
  }

  #drafted(volunteer: Volunteer): number {
    return this.#drafts.get(volunteer)?.bytes ?? 0;
  }

  #book(assignment: Assignment): void {
    const { volunteer, pieces, bytes } = assignment;
    this.assignments.push(assignment);
    const draft = this.#drafts.get(volunteer) ?? { bytes: 0, batches: 0, pieces: new Set() };
    this.#drafts.set(volunteer, draft);
    draft.bytes += bytes;
    draft.batches += 1;
    for (const piece of pieces) {
      draft.pieces.add(piece);
      this.#counts[piece] = (this.#counts[piece] ?? 0) + 1;
    }
  }
}
