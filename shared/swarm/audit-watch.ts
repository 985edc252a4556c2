import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { Bitfield } from '../wire/bitfield.ts';
import {
  AUDIT_TIMEOUT_MS,
  MAX_AUDITS_OF_PEER,
  MAX_LATE_MS,
  MAX_UNANSWERED_AUDITS,
  MAX_UNSHOWN_MS,
  ROUTINE_AUDIT_MS,
} from './limits.ts';

/** Pieces lately claimed that are remembered: they are still in memory at both ends. */
const MAX_RECENT_PIECES = 64;

interface Asked {
  readonly piece: number;
  /** Since when it could have been answered; Infinity before it was asked. */
  atMs: number;
  /** It waits in the channel until so much has left altogether; 0 where it does not. */
  behindBytes: number;
}

/** A channel that holds no more says nothing when it is empty. */
const NEARLY_EMPTY_BYTES = 8 * 1024;

/** One peer as an auditor sees it: what it has shown, and what it was asked to show. */
export class AuditWatch {
  readonly peer: Peer;
  /** Shown once, and not taken back since. */
  shown: Bitfield;
  readonly #asked = new Map<number, Asked>();
  readonly #recent: number[] = [];
  #unansweredCount = 0;
  /** It has not answered the last time, and is left alone until then. */
  #restsUntilMs = -Infinity;
  #answeredAtMs = -Infinity;
  /** Since when it was waited for in vain. */
  #lateSinceMs = Infinity;
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

  get askedCount(): number {
    return this.#asked.size;
  }

  /** Who did not answer the last time is asked for one piece at a time. */
  mayBeAsked(nowMs: number): boolean {
    const isAwaited = this.#restsUntilMs > -Infinity;
    return nowMs >= this.#restsUntilMs && this.#asked.size < (isAwaited ? 1 : MAX_AUDITS_OF_PEER);
  }

  isAsked(piece: number): boolean {
    return this.#asked.has(piece);
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
    this.#asked.set(piece, { piece, atMs: Infinity, behindBytes: 0 });
  }

  recordAsked(piece: number, nowMs: number): void {
    const asked = this.#asked.get(piece);
    if (asked === undefined) return;
    asked.atMs = nowMs;
    const { upMeter, uploads } = this.peer;
    asked.behindBytes = uploads.bufferedBytes <= NEARLY_EMPTY_BYTES ? 0 : upMeter.totalBytes;
  }

  /** Whether it was still waited for. */
  settle(piece: number): boolean {
    return this.#asked.delete(piece);
  }

  recordAnswered(nowMs: number): void {
    this.#unansweredCount = 0;
    this.#restsUntilMs = -Infinity;
    this.#answeredAtMs = nowMs;
    this.#lateSinceMs = Infinity;
  }

  /** It may be asked again at once. */
  recordLate(nowMs: number): void {
    this.#unansweredCount = 0;
    this.#restsUntilMs = -Infinity;
    this.routineAtMs = nowMs;
    this.mayHaveMore = true;
  }

  /** It is a long time since it has shown anything. */
  isForgotten(nowMs: number): boolean {
    return this.isFresh && nowMs - this.#answeredAtMs > MAX_UNSHOWN_MS;
  }

  /** Whether it has shown nothing in time for so long that it is no holder to count on. It begins anew then. */
  takeLost(nowMs: number): boolean {
    if (nowMs - this.#lateSinceMs < MAX_LATE_MS) return false;
    this.#lateSinceMs = nowMs;
    this.shown = new Bitfield(this.shown.length);
    return true;
  }

  /** Where something should have been answered by now: takes out all that it was asked, as pieces. */
  takeOverdue(nowMs: number): readonly number[] {
    const asked = [...this.#asked.values()];
    for (const one of asked) if (one.behindBytes > 0) this.#lookAhead(one);
    const overdue = asked.filter(({ atMs }) => atMs < nowMs - AUDIT_TIMEOUT_MS);
    if (overdue.length === 0) return [];
    this.#asked.clear();
    this.#lateSinceMs = Math.min(this.#lateSinceMs, nowMs);
    this.#restsUntilMs = nowMs + ROUTINE_AUDIT_MS;
    this.routineAtMs = this.#restsUntilMs;
    this.mayHaveMore = true;
    // Who is silent altogether may be gone, which is no lie.
    if (overdue.some(({ atMs }) => this.peer.spokeAtMs > atMs)) this.#unansweredCount += 1;
    return asked.map(({ piece }) => piece);
  }

  /** Blocks that we send it lie before the question. While they move it can know nothing of it. */
  #lookAhead(asked: Asked): void {
    const { upMeter, uploads } = this.peer;
    const { bufferedBytes, movedAtMs } = uploads;
    asked.atMs = Math.max(asked.atMs, movedAtMs);
    const hasLeft = upMeter.totalBytes - bufferedBytes >= asked.behindBytes;
    if (hasLeft || bufferedBytes <= NEARLY_EMPTY_BYTES) asked.behindBytes = 0;
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
