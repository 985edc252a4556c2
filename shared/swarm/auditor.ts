import type { Copies } from './copy-counts.ts';
import type { Peer } from './peer.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { SwarmContext } from './swarm-context.ts';
import { computeSealedLength } from '../share/geometry.ts';
import { AuditWatch } from './audit-watch.ts';
import { ByteBudget } from './byte-budget.ts';
import { CopyCounts } from './copy-counts.ts';
import {
  AUDITED_BYTES_PER_SECOND,
  MAX_AUDITS,
  ROUTINE_AUDIT_MS,
  VOLUNTEER_AUDIT_PACE,
} from './limits.ts';

/**
 * Believes nobody who has not shown what it claims to hold. The sharer has every piece shown until there are more
 * copies of it than it asks for, those with the fewest first, and then from every holder one piece now and then as a
 * sign of life. Who answers late counts again when it answers in time; who shows something else, or goes on talking
 * and shows nothing, never does. A volunteer looks now and then too. Members leave it to them.
 */
export class Auditor {
  readonly #context: SwarmContext;
  readonly #copies: CopyCounts;
  readonly #watches = new Map<Peer, AuditWatch>();
  /** Browsers that did not hold what they claimed. */
  readonly #failed = new Set<string>();
  /** Audits under way, by piece and in all. */
  readonly #pending = new Map<number, number>();
  #pendingCount = 0;
  /** A piece was taken back: others may be asked for it, but from the next tick on, as a liar could say so often. */
  #hasLost = false;
  readonly #budget = new ByteBudget(AUDITED_BYTES_PER_SECOND, AUDITED_BYTES_PER_SECOND);
  readonly #routineMs: number;

  constructor(context: SwarmContext) {
    this.#context = context;
    this.#copies = new CopyCounts(context.geometry);
    this.#routineMs =
      context.role === 'volunteer' ? VOLUNTEER_AUDIT_PACE * ROUTINE_AUDIT_MS : ROUTINE_AUDIT_MS;
  }

  /** Undefined where nobody asks for copies here. */
  get copies(): Copies | undefined {
    return this.#copies.target > 0 ? this.#copies.compute() : undefined;
  }

  get pendingCount(): number {
    return this.#pendingCount;
  }

  pendingOf(peer: Peer): number {
    return this.#watches.get(peer)?.askedCount ?? 0;
  }

  /** Whether there are fewer copies of something than were asked for. */
  get lacksCopies(): boolean {
    return !this.#copies.areEnough;
  }

  /** Whether without this peer there would be fewer copies of something than are asked for, though it has shown them. */
  needs(peer: Peer): boolean {
    const watch = this.#watches.get(peer);
    if (watch?.isFresh !== true || this.#copies.target === 0) return false;
    for (const piece of watch.shown.pieces()) {
      if (this.#copies.countOf(piece) <= this.#copies.target) return true;
    }
    return false;
  }

  setTarget(copies: number, nowMs: number): void {
    this.#copies.setTarget(copies);
    this.#lookForMore();
    this.#plan(nowMs);
  }

  /** Also of a connection that is dropped at once: after its restart the tracker knows everybody by another name. */
  handleName(peerId: PeerId, identity: string): void {
    if (this.#failed.has(identity)) this.#context.emit({ type: 'distrust', peerId });
  }

  handleConnected(peer: Peer, nowMs: number): void {
    const { geometry, random, role } = this.#context;
    if (role === 'member' || this.#failed.has(peer.identity)) return;
    const firstMs = role === 'volunteer' ? random.below(this.#routineMs) : this.#routineMs;
    this.#watches.set(peer, new AuditWatch(peer, geometry.pieceCount, nowMs + firstMs));
  }

  handleBitfield(peer: Peer, nowMs: number): void {
    const watch = this.#watches.get(peer);
    if (watch === undefined) return;
    watch.mayHaveMore = true;
    this.#plan(nowMs);
  }

  handleHave(peer: Peer, piece: number, nowMs: number): void {
    const watch = this.#watches.get(peer);
    if (watch === undefined || watch.shown.has(piece)) return;
    watch.recordClaimed(piece);
    this.#plan(nowMs);
  }

  handleAsked(peer: Peer, piece: number, nowMs: number): void {
    this.#watches.get(peer)?.recordAsked(piece, nowMs);
  }

  handleAnswered(peer: Peer, piece: number, isTrue: boolean, nowMs: number): void {
    const watch = this.#watches.get(peer);
    if (watch === undefined) return;
    const isInTime = this.#settle(watch, piece);
    if (!isTrue) this.#fail(watch);
    // It may have kept the answer, and not the piece: it counts when it answers in time.
    else if (!isInTime) watch.recordLate(nowMs);
    else {
      watch.recordAnswered(nowMs);
      watch.routineAtMs = nowMs + this.#routineMs;
      this.#setFresh(watch, true);
      if (peer.bitfield.has(piece) && watch.shown.add(piece)) this.#copies.add(piece);
    }
    this.#plan(nowMs);
  }

  /** The peer says that it holds the piece no longer. */
  handleLost(peer: Peer, piece: number): void {
    const watch = this.#watches.get(peer);
    if (watch === undefined) return;
    this.#settle(watch, piece);
    if (watch.shown.remove(piece) && watch.isFresh) this.#copies.remove(piece);
    this.#hasLost = true;
  }

  /** We hold more than before, so can ask for more. */
  handleHeld(): void {
    this.#lookForMore();
  }

  /** We cannot read the piece, so cannot tell whether others hold it. */
  handleUnreadable(piece: number): void {
    for (const watch of this.#watches.values()) this.#settle(watch, piece);
  }

  handlePeerGone(peer: Peer): void {
    const watch = this.#watches.get(peer);
    if (watch !== undefined) this.#forget(watch);
  }

  tick(nowMs: number): void {
    for (const watch of this.#watches.values()) {
      const unanswered = watch.takeOverdue(nowMs);
      for (const piece of unanswered) this.#recordSettled(piece);
      if (unanswered.length > 0 || watch.isForgotten(nowMs)) this.#setFresh(watch, false);
      if (watch.isEvasive) this.#fail(watch);
      else if (watch.takeLost(nowMs)) this.#tellDistrust(watch.peer);
    }
    if (this.#hasLost) this.#lookForMore();
    this.#plan(nowMs);
  }

  #plan(nowMs: number): void {
    // What counts already is to go on counting, before there is more of it.
    this.#askEach((watch) => this.#pickRoutine(watch, nowMs), nowMs);
    if (this.#copies.target === 0) return;
    this.#askEach((watch) => this.#pickUnshown(watch), nowMs);
  }

  /** Nothing is looked for while nothing may be asked. */
  #askEach(pick: (watch: AuditWatch) => number | undefined, nowMs: number): void {
    const byteLength = computeSealedLength(this.#context.geometry, 0);
    // Who was asked goes to the end of the map, and so comes again in this very loop, after the others.
    for (const watch of this.#watches.values()) {
      if (this.#pendingCount >= MAX_AUDITS || !this.#budget.mayTake(byteLength, nowMs)) return;
      const piece = watch.mayBeAsked(nowMs) ? pick(watch) : undefined;
      if (piece === undefined) continue;
      this.#watches.delete(watch.peer);
      this.#watches.set(watch.peer, watch);
      this.#ask(watch, piece, nowMs);
    }
  }

  #ask(watch: AuditWatch, piece: number, nowMs: number): void {
    this.#budget.take(computeSealedLength(this.#context.geometry, piece));
    watch.ask(piece);
    watch.routineAtMs = nowMs + this.#routineMs;
    this.#pending.set(piece, (this.#pending.get(piece) ?? 0) + 1);
    this.#pendingCount += 1;
    this.#context.emit({ type: 'audit', peerId: watch.peer.peerId, piece });
  }

  /** Lately claimed, or the one with the fewest copies. */
  #pickUnshown(watch: AuditWatch): number | undefined {
    const { held, geometry } = this.#context;
    const enough = this.#copies.target + 1;
    const countOf = (piece: number) =>
      this.#copies.countOf(piece) + (this.#pending.get(piece) ?? 0);
    const mayAsk = (piece: number) =>
      held.has(piece) && watch.mayAsk(piece) && countOf(piece) < enough;
    const recent = watch.takeRecent(mayAsk);
    if (recent !== undefined || !watch.mayHaveMore) return recent;
    let rarest: number | undefined;
    let fewest = enough;
    for (let piece = 0; piece < geometry.pieceCount && fewest > 0; piece += 1) {
      if (!mayAsk(piece) || countOf(piece) >= fewest) continue;
      rarest = piece;
      fewest = countOf(piece);
    }
    watch.mayHaveMore = rarest !== undefined;
    return rarest;
  }

  /** A sign of life from a holder that counts, or is to count again; a volunteer asks for anything. */
  #pickRoutine(watch: AuditWatch, nowMs: number): number | undefined {
    const { held, role, geometry } = this.#context;
    if (nowMs < watch.routineAtMs) return undefined;
    const among = role === 'volunteer' ? watch.peer.bitfield : watch.shown;
    if (among.count === 0 || (this.#copies.target === 0 && role !== 'volunteer')) return undefined;
    // Also where nothing is found: looking through all pieces takes time.
    watch.routineAtMs = nowMs + this.#routineMs;
    return watch.pickAny(
      this.#context,
      geometry.pieceCount,
      (piece) => held.has(piece) && among.has(piece) && !watch.isAsked(piece),
    );
  }

  #setFresh(watch: AuditWatch, isFresh: boolean): void {
    if (watch.isFresh === isFresh) return;
    watch.isFresh = isFresh;
    for (const piece of watch.shown.pieces()) {
      if (isFresh) this.#copies.add(piece);
      else this.#copies.remove(piece);
    }
    if (!isFresh) this.#lookForMore();
  }

  #fail(watch: AuditWatch): void {
    this.#failed.add(watch.peer.identity);
    this.#forget(watch);
    this.#tellDistrust(watch.peer);
  }

  #tellDistrust({ peerId, otherNames }: Peer): void {
    for (const name of [peerId, ...otherNames]) {
      this.#context.emit({ type: 'distrust', peerId: name });
    }
  }

  #forget(watch: AuditWatch): void {
    for (const piece of watch.askedPieces) this.#settle(watch, piece);
    this.#setFresh(watch, false);
    this.#watches.delete(watch.peer);
  }

  /** Whether it was waited for still. */
  #settle(watch: AuditWatch, piece: number): boolean {
    const isAsked = watch.settle(piece);
    if (isAsked) this.#recordSettled(piece);
    return isAsked;
  }

  #recordSettled(piece: number): void {
    this.#pendingCount -= 1;
    const count = (this.#pending.get(piece) ?? 1) - 1;
    if (count > 0) this.#pending.set(piece, count);
    else this.#pending.delete(piece);
  }

  #lookForMore(): void {
    this.#hasLost = false;
    for (const watch of this.#watches.values()) watch.mayHaveMore = true;
  }
}
