import type { PeerId } from './ports/tracker-client.ts';
import type { PieceRange } from '../share/piece-ranges.ts';
import type { SwarmParts } from './swarm-parts.ts';
import { listPieces } from '../share/piece-ranges.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { HaveDesk } from './have-desk.ts';
import { isComplete } from './swarm-context.ts';

/** What becomes of our own pieces: verified, refused, lost, given back. */
export class Holdings {
  readonly #parts: SwarmParts;
  readonly #haveDesk: HaveDesk;
  #hasCompleted: boolean;

  constructor(parts: SwarmParts) {
    this.#parts = parts;
    this.#haveDesk = new HaveDesk(parts.context);
    this.#hasCompleted = isComplete(parts.context);
  }

  tick(nowMs: number): void {
    this.#haveDesk.tick(nowMs);
  }

  addPiece(peerId: PeerId, piece: number, nowMs: number): void {
    const { downloader, announcer, auditor } = this.#parts;
    if (!downloader.handleVerified(piece, peerId, nowMs)) return;
    auditor.handleHeld();
    this.#haveDesk.tellVerified(piece, peerId);
    announcer.recordGained(piece, nowMs);
    this.#tellIfComplete();
  }

  refusePiece(peerId: PeerId, piece: number, nowMs: number): void {
    const { downloader, peerBook } = this.#parts;
    const sender = downloader.handleRefused(piece, peerId);
    if (sender !== undefined) peerBook.ban(sender, 'bad-piece');
    downloader.fillAll(nowMs);
  }

  losePiece(piece: number, nowMs: number): void {
    const { context, downloader, superSeeder, auditor, dialer } = this.#parts;
    auditor.handleUnreadable(piece);
    if (!this.#forget(piece, nowMs)) return;
    this.#hasCompleted = false;
    if (context.wanted.has(piece)) context.picker.release(piece);
    superSeeder.handleLost();
    downloader.fillAll(nowMs);
    dialer.handleLack(nowMs);
  }

  /** A volunteer is told what else to fetch. */
  wantPieces(pieces: readonly number[], nowMs: number): void {
    const { context, downloader, dialer } = this.#parts;
    for (const piece of pieces) if (context.wanted.add(piece)) downloader.handleWanted(piece);
    downloader.fillAll(nowMs);
    dialer.handleLack(nowMs);
  }

  /** A member chose: what it has no more use for is not begun, and what is under way or held stays. */
  wantOnly(ranges: Iterable<PieceRange>, nowMs: number): void {
    const { context, downloader, dialer } = this.#parts;
    const { held, wanted, picker } = context;
    const chosen = Bitfield.of(held.length, listPieces(ranges));
    for (const piece of wanted.piecesMissingFrom(chosen)) {
      wanted.remove(piece);
      picker.take(piece);
    }
    for (const piece of chosen.pieces()) if (wanted.add(piece)) downloader.handleWanted(piece);
    this.#hasCompleted &&= isComplete(context);
    this.#tellIfComplete();
    downloader.fillAll(nowMs);
    dialer.handleLack(nowMs);
  }

  /** A volunteer makes room. */
  dropPieces(pieces: readonly number[], nowMs: number): void {
    const { context, downloader } = this.#parts;
    for (const piece of pieces) {
      context.wanted.remove(piece);
      context.picker.take(piece);
      downloader.handleHeld(piece);
      this.#forget(piece, nowMs);
    }
    downloader.fillAll(nowMs);
  }

  gainPieces(pieces: readonly number[], nowMs: number): void {
    const { context, downloader, announcer, auditor } = this.#parts;
    auditor.handleHeld();
    const gained = pieces.filter((piece) => context.held.add(piece));
    for (const piece of gained) {
      context.picker.take(piece);
      downloader.handleHeld(piece);
    }
    this.#haveDesk.tellGained(gained);
    downloader.fillAll(nowMs);
    announcer.announceAll(nowMs);
    this.#tellIfComplete();
  }

  /** False where it was not held. */
  #forget(piece: number, nowMs: number): boolean {
    const { context, downloader, uploader, announcer } = this.#parts;
    if (!context.held.remove(piece)) return false;
    context.focus.rewind();
    uploader.handleLost(piece);
    this.#haveDesk.tellLost(piece);
    announcer.recordLost(piece, nowMs);
    downloader.handleSettled(piece, nowMs);
    return true;
  }

  #tellIfComplete(): void {
    const { context } = this.#parts;
    if (this.#hasCompleted || !isComplete(context)) return;
    this.#hasCompleted = true;
    this.#haveDesk.tellAll();
    context.emit({ type: 'completed' });
  }
}
