import type { PeerId } from './ports/tracker-client.ts';
import type { SwarmParts } from './swarm-parts.ts';

/** What becomes of our own pieces: verified, refused, lost, given back. */
export class Holdings {
  readonly #parts: SwarmParts;
  #hasCompleted: boolean;

  constructor(parts: SwarmParts) {
    this.#parts = parts;
    this.#hasCompleted = parts.context.held.isFull;
  }

  addPiece(peerId: PeerId, piece: number, nowMs: number): void {
    const { downloader, peerBook, announcer, auditor } = this.#parts;
    if (!downloader.handleVerified(piece, peerId, nowMs)) return;
    auditor.handleHeld();
    peerBook.tellEveryone('have', piece);
    announcer.recordGained(piece, nowMs);
    this.#completeIfFull();
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
    context.picker.release(piece);
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
    const { context, downloader, peerBook, announcer, auditor } = this.#parts;
    auditor.handleHeld();
    for (const piece of pieces) {
      if (!context.held.add(piece)) continue;
      context.picker.take(piece);
      downloader.handleHeld(piece);
      peerBook.tellEveryone('have', piece);
    }
    downloader.fillAll(nowMs);
    announcer.announceAll(nowMs);
    this.#completeIfFull();
  }

  /** False where it was not held. */
  #forget(piece: number, nowMs: number): boolean {
    const { context, downloader, peerBook, uploader, announcer } = this.#parts;
    if (!context.held.remove(piece)) return false;
    uploader.handleLost(piece);
    peerBook.tellEveryone('lost', piece);
    announcer.recordLost(nowMs);
    downloader.handleSettled(piece, nowMs);
    return true;
  }

  #completeIfFull(): void {
    const { context } = this.#parts;
    if (!context.held.isFull || this.#hasCompleted) return;
    this.#hasCompleted = true;
    context.emit({ type: 'completed' });
  }
}
