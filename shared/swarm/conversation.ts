import type { SwarmMessage } from '../wire/messages.ts';
import type { Peer } from './peer.ts';
import type { SwarmParts } from './swarm-parts.ts';
import { MAX_STREAMS_TO_VOLUNTEER } from './limits.ts';

/** What a peer says, handed to whom it concerns. */
export class Conversation {
  readonly #parts: SwarmParts;

  constructor(parts: SwarmParts) {
    this.#parts = parts;
  }

  hear(peer: Peer, message: SwarmMessage, nowMs: number): void {
    const { auditor, downloader, peerBook, shower, superSeeder } = this.#parts;
    switch (message.type) {
      case 'bitfield':
        if (!peerBook.recordBitfield(peer, message.bitfield)) return;
        peerBook.recordProgress(peer);
        auditor.handleBitfield(peer, nowMs);
        superSeeder.update(peer, nowMs);
        downloader.fill(peer, nowMs);
        return;
      case 'have':
        for (const piece of message.pieces) {
          if (!this.isPiece(peer, piece)) return;
          peerBook.recordHave(peer, piece);
          auditor.handleHave(peer, piece, nowMs);
        }
        peerBook.recordProgress(peer);
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
      case 'audit':
        if (this.isPiece(peer, message.piece)) shower.handleAudit(peer, message, nowMs);
        return;
      case 'lost':
        if (!this.isPiece(peer, message.piece)) return;
        // What it rejected before it is no longer thought to hold, and yet it may have shown it.
        auditor.handleLost(peer, message.piece);
        if (!peerBook.recordLost(peer, message.piece)) return;
        superSeeder.handleWithdrawn(message.piece);
        downloader.handleReject(peer, message.piece, nowMs);
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
    if (context.held.has(piece) && !this.#hasEnough(peer)) {
      superSeeder.handleRequest(peer, piece, nowMs);
      uploader.handleRequest(peer, piece, block, nowMs);
    } else uploader.handleUnservable(peer, piece, block);
  }

  /** A volunteer that was sent everything twice asks for something else than copies. */
  #hasEnough({ role, upMeter }: Peer): boolean {
    const { streamLength, pieceSize } = this.#parts.context.geometry;
    const limitBytes = MAX_STREAMS_TO_VOLUNTEER * streamLength + pieceSize;
    return role === 'volunteer' && upMeter.totalBytes > limitBytes;
  }
}
