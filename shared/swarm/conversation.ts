import type { SwarmMessage } from '../wire/messages.ts';
import type { Peer } from './peer.ts';
import type { SwarmParts } from './swarm-parts.ts';

/** What a peer says, handed to whom it concerns. */
export class Conversation {
  readonly #parts: SwarmParts;

  constructor(parts: SwarmParts) {
    this.#parts = parts;
  }

  hear(peer: Peer, message: SwarmMessage, nowMs: number): void {
    const { downloader, peerBook, superSeeder } = this.#parts;
    switch (message.type) {
      case 'bitfield':
        if (!peerBook.recordBitfield(peer, message.bitfield)) return;
        superSeeder.update(peer, nowMs);
        downloader.fill(peer, nowMs);
        return;
      case 'have':
        if (!this.isPiece(peer, message.piece)) return;
        peerBook.recordHave(peer, message.piece);
        superSeeder.update(peer, nowMs);
        downloader.fill(peer, nowMs);
        return;
      case 'request':
        if (this.isPiece(peer, message.piece)) {
          this.#answer(peer, message.piece, message.block, nowMs);
        }
        return;
      case 'cancel':
        peer.uploads.cancel(message.piece, message.block);
        return;
      case 'reject':
        downloader.handleReject(peer, message.piece, nowMs);
        return;
      case 'busy':
        downloader.handleBusy(peer, message, nowMs);
        return;
    }
  }

  /** A peer that names another piece is dropped. */
  isPiece(peer: Peer, piece: number): boolean {
    const { context } = this.#parts;
    if (piece < context.geometry.pieceCount) return true;
    context.drop(peer, 'bad-index');
    return false;
  }

  #answer(peer: Peer, piece: number, block: number, nowMs: number): void {
    const { context, superSeeder, uploader } = this.#parts;
    if (context.held.has(piece) && superSeeder.mayRequest(peer, piece)) {
      uploader.handleRequest(peer, piece, block, nowMs);
    } else uploader.handleUnservable(peer, piece, block);
  }
}
