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
    const { downloader, peerBook, announcer } = this.#parts;
    if (!downloader.handleVerified(piece, peerId, nowMs)) return;
    peerBook.tellEveryone(piece);
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
    const { context, downloader, uploader, superSeeder, announcer, dialer } = this.#parts;
    if (!context.held.remove(piece)) return;
    this.#hasCompleted = false;
    context.picker.release(piece);
    uploader.handleLost(piece);
    superSeeder.handleLost();
    announcer.recordLost(nowMs);
    downloader.handleSettled(piece, nowMs);
    downloader.fillAll(nowMs);
    dialer.handleLack(nowMs);
  }

  gainPieces(pieces: readonly number[], nowMs: number): void {
    const { context, downloader, peerBook, announcer } = this.#parts;
    for (const piece of pieces) {
      if (!context.held.add(piece)) continue;
      context.picker.take(piece);
      downloader.handleHeld(piece);
      peerBook.tellEveryone(piece);
    }
    downloader.fillAll(nowMs);
    announcer.announceAll(nowMs);
    this.#completeIfFull();
  }

  #completeIfFull(): void {
    const { context } = this.#parts;
    if (!context.held.isFull || this.#hasCompleted) return;
    this.#hasCompleted = true;
    context.emit({ type: 'completed' });
  }
}
