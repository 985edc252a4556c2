import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { MAX_AUDITS_OF_PEER, MAX_UNANSWERED_AUDITS } from './limits.ts';

/** Pieces lately claimed that are remembered: they are still in memory at both ends. */
const MAX_RECENT_PIECES = 64;

interface Asked {
  readonly piece: number;
  /** When the question left; Infinity before that. */
  atMs: number;
}

/** One peer as an auditor sees it: what it has shown, and what it was asked to show. */
export class AuditWatch {
  readonly peer: Peer;
  /** Shown once, and not taken back since. */
  readonly shown: Bitfield;
  readonly #asked = new Map<number, Asked>();
  readonly #recent: number[] = [];
  #unansweredCount = 0;
  /** It has answered everything in time: what it has shown counts. */
  isFresh = false;
  /** Something may be found for it among all pieces. */
  mayHaveMore = false;
  /** When it is asked again though nothing is new. */
  routineAtMs: number;

  constructor(peer: Peer, pieceCount: number, routineAtMs: number) {
    this.peer = peer;
    this.shown = new Bitfield(pieceCount);
    this.routineAtMs = routineAtMs;
  }

  get askedPieces(): readonly number[] {
    return [...this.#asked.keys()];
  }

  get hasRoom(): boolean {
    return this.#asked.size < MAX_AUDITS_OF_PEER;
  }

  get isIdle(): boolean {
    return this.#asked.size === 0;
  }

  mayAsk(piece: number): boolean {
    return this.peer.bitfield.has(piece) && !this.shown.has(piece) && !this.#asked.has(piece);
  }

  recordClaimed(piece: number): void {
    this.#recent.push(piece);
    if (this.#recent.length <= MAX_RECENT_PIECES) return;
    this.#recent.shift();
    this.mayHaveMore = true;
  }

  /** The piece claimed last of which that is true, or undefined. */
  takeRecent(isWanted: (piece: number) => boolean): number | undefined {
    for (let piece = this.#recent.pop(); piece !== undefined; piece = this.#recent.pop()) {
      if (isWanted(piece)) return piece;
    }
    return undefined;
  }

  ask(piece: number): void {
    this.#asked.set(piece, { piece, atMs: Infinity });
  }

  recordAsked(piece: number, nowMs: number): void {
    const asked = this.#asked.get(piece);
    if (asked !== undefined) asked.atMs = nowMs;
  }

  /** Whether it was still waited for. */
  settle(piece: number): boolean {
    return this.#asked.delete(piece);
  }

  recordAnswered(): void {
    this.#unansweredCount = 0;
  }

  /** Takes out what should have been answered by now, as pieces. */
  takeOverdue(beforeMs: number): readonly number[] {
    const overdue = [...this.#asked.values()].filter(({ atMs }) => atMs < beforeMs);
    for (const { piece } of overdue) this.#asked.delete(piece);
    // Who is silent altogether may be gone, which is no lie.
    if (overdue.some(({ atMs }) => this.peer.spokeAtMs > atMs)) this.#unansweredCount += 1;
    return overdue.map(({ piece }) => piece);
  }

  /** It goes on talking, and shows nothing. */
  get isEvasive(): boolean {
    return this.#unansweredCount >= MAX_UNANSWERED_AUDITS;
  }

  /** Any piece of which that is true, in a random order, or undefined. */
  pickAny(
    { random }: SwarmContext,
    pieceCount: number,
    isWanted: (piece: number) => boolean,
  ): number | undefined {
    const first = random.below(pieceCount);
    for (let i = 0; i < pieceCount; i += 1) {
      const piece = (first + i) % pieceCount;
      if (isWanted(piece)) return piece;
    }
    return undefined;
  }
}
