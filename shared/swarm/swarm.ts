import type { Geometry } from '../share/geometry.ts';
import type { SwarmMessage } from '../wire/messages.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { SwarmContext } from './swarm-context.ts';
import type { DisconnectReason, SwarmEffect, SwarmEvent } from './swarm-events.ts';
import type { Peer } from './peer.ts';
import type { SwarmSnapshot } from './swarm-snapshot.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { Announcer } from './announcer.ts';
import { Dialer } from './dialer.ts';
import { Downloader } from './downloader.ts';
import { PeerBook } from './peer-book.ts';
import { PiecePicker } from './piece-picker.ts';
import { createRandom } from './random.ts';
import { RateMeter } from './rate-meter.ts';
import { SuperSeeder } from './super-seeder.ts';
import { isForGood, isTraffic } from './swarm-events.ts';
import { computeSnapshot } from './swarm-snapshot.ts';
import { Uploader } from './uploader.ts';
import { Waker } from './waker.ts';

export interface SwarmOptions {
  readonly geometry: Geometry;
  /** What the store holds already. The engine keeps this bitfield and changes it. */
  readonly held: Bitfield;
  /** Made the share: it super-seeds while nobody else holds every piece. */
  readonly isSharer: boolean;
  /** 32 bits of randomness: the same seed, events and times give the same effects. */
  readonly seed: number;
}

/** The engine of one share in one tab. It owns no socket, timer, store, clock or random source: see swarm-events.ts. */
export class Swarm {
  readonly #context: SwarmContext;
  readonly #downloader: Downloader;
  readonly #uploader: Uploader;
  readonly #superSeeder: SuperSeeder;
  readonly #dialer: Dialer;
  readonly #announcer: Announcer;
  readonly #waker: Waker;
  readonly #peerBook: PeerBook;
  readonly #downMeter = new RateMeter();
  readonly #upMeter = new RateMeter();
  #effects: SwarmEffect[] = [];
  #hasCompleted: boolean;
  /** Whether this event may have changed when to look again. */
  #hasToPlan = true;
  #nowMs = 0;

  constructor({ geometry, held, isSharer, seed }: SwarmOptions) {
    const random = createRandom(seed);
    const missing = Bitfield.full(geometry.pieceCount).piecesMissingFrom(held);
    this.#context = {
      geometry,
      held,
      peers: new Map(),
      picker: new PiecePicker(geometry.pieceCount, missing, random),
      random,
      emit: (effect) => this.#effects.push(effect),
      drop: (peer, reason) => this.#drop(peer, reason),
    };
    this.#peerBook = new PeerBook(this.#context);
    this.#downloader = new Downloader(this.#context);
    this.#uploader = new Uploader(this.#context, isSharer);
    this.#superSeeder = new SuperSeeder(this.#context, isSharer);
    this.#dialer = new Dialer(this.#context);
    this.#announcer = new Announcer(this.#context);
    this.#waker = new Waker(this.#context, this.#downloader, this.#dialer, this.#announcer);
    this.#hasCompleted = held.isFull;
  }

  /** Times never go backwards. Returns the effects, to be carried out in order. */
  handle(event: SwarmEvent, nowMs: number): readonly SwarmEffect[] {
    this.#nowMs = nowMs;
    this.#effects = [];
    this.#hasToPlan = !isTraffic(event);
    this.#record(event, nowMs);
    this.#downloader.askAgain(nowMs);
    if (this.#hasToPlan) {
      this.#announcer.tick(nowMs);
      this.#waker.plan(event.type === 'tick', nowMs);
    }
    return this.#effects;
  }

  snapshot(nowMs: number): SwarmSnapshot {
    return computeSnapshot({
      context: this.#context,
      downloader: this.#downloader,
      uploader: this.#uploader,
      downMeter: this.#downMeter,
      upMeter: this.#upMeter,
      dialingCount: this.#dialer.dialingCount,
      isSuperSeeding: this.#superSeeder.isActive,
      nowMs,
    });
  }

  #record(event: SwarmEvent, nowMs: number): void {
    switch (event.type) {
      case 'tracker-up':
        this.#announcer.handleTrackerUp(event.announceIntervalMs, nowMs);
        this.#dialer.handleTrackerUp(nowMs);
        return;
      case 'tracker-down':
        this.#announcer.handleTrackerDown();
        this.#dialer.handleTrackerDown();
        return;
      case 'announce-refused':
        this.#announcer.handleRefused(nowMs);
        return;
      case 'peers-found':
        this.#dialer.handleFound(event.peers, nowMs);
        return;
      case 'peer-connected':
        this.#addPeer(event.peerId, event.identity, nowMs);
        return;
      case 'piece-verified':
        this.#addPiece(event.peerId, event.piece, nowMs);
        return;
      case 'piece-refused':
        this.#refusePiece(event.peerId, event.piece, nowMs);
        return;
      case 'piece-stored':
        this.#downloader.handleSettled(event.piece, nowMs);
        return;
      case 'piece-lost':
        this.#losePiece(event.piece, nowMs);
        return;
      case 'pieces-gained':
        this.#gainPieces(event.pieces, nowMs);
        return;
      case 'tick':
        this.#downloader.tick(nowMs);
        this.#uploader.tick(nowMs);
        this.#superSeeder.tick(nowMs);
        this.#dialer.tick(nowMs);
        return;
      default:
        this.#recordOfPeer(event, nowMs);
    }
  }

  #recordOfPeer(event: Extract<SwarmEvent, { peerId: PeerId }>, nowMs: number): void {
    const peer = this.#context.peers.get(event.peerId);
    if (peer === undefined) {
      if (event.type === 'peer-disconnected') this.#dialer.handleGone(event.peerId, nowMs);
      return;
    }
    peer.lastHeardAtMs = nowMs;
    switch (event.type) {
      case 'peer-disconnected':
        this.#removePeer(peer, nowMs);
        return;
      case 'message':
        this.#recordMessage(peer, event.message, nowMs);
        return;
      case 'block':
        this.#downMeter.record(event.byteLength, nowMs);
        if (this.#isPiece(peer, event.piece)) {
          this.#downloader.handleBlock(peer, event.piece, event.block, event.byteLength, nowMs);
        }
        return;
      case 'block-sent':
        this.#upMeter.record(event.byteLength, nowMs);
        this.#uploader.handleSent(peer, event.byteLength, event.bufferedBytes, nowMs);
        return;
      case 'block-unsent':
        this.#uploader.handleUnsent(peer, event, nowMs);
        return;
      case 'drained':
        this.#uploader.handleDrained(peer, event.bufferedBytes, nowMs);
        return;
      case 'peer-connected':
      case 'piece-verified':
      case 'piece-refused':
        return;
    }
  }

  #recordMessage(peer: Peer, message: SwarmMessage, nowMs: number): void {
    switch (message.type) {
      case 'bitfield':
        if (!this.#peerBook.recordBitfield(peer, message.bitfield)) return;
        this.#superSeeder.update(peer, nowMs);
        this.#downloader.fill(peer, nowMs);
        return;
      case 'have':
        if (!this.#isPiece(peer, message.piece)) return;
        this.#peerBook.recordHave(peer, message.piece);
        this.#superSeeder.update(peer, nowMs);
        this.#downloader.fill(peer, nowMs);
        return;
      case 'request':
        if (!this.#isPiece(peer, message.piece)) return;
        if (
          this.#context.held.has(message.piece) &&
          this.#superSeeder.mayRequest(peer, message.piece)
        ) {
          this.#uploader.handleRequest(peer, message.piece, message.block, nowMs);
        } else {
          this.#uploader.handleUnservable(peer, message.piece, message.block);
        }
        return;
      case 'cancel':
        peer.uploads.cancel(message.piece, message.block);
        return;
      case 'reject':
        this.#downloader.handleReject(peer, message.piece, nowMs);
        return;
      case 'busy':
        this.#hasToPlan = true;
        this.#downloader.handleBusy(peer, message, nowMs);
        return;
    }
  }

  #addPeer(peerId: PeerId, identity: string, nowMs: number): void {
    const former = this.#context.peers.get(peerId);
    if (former !== undefined) this.#forgetPeer(former, nowMs);
    this.#dialer.handleConnected(peerId, nowMs);
    const peer = this.#peerBook.add(peerId, identity, nowMs);
    if (peer === undefined) return;
    const bitfield = this.#superSeeder.computeClaim(peer).toBytes();
    this.#context.emit({ type: 'send', peerId, message: { type: 'bitfield', bitfield } });
    this.#superSeeder.update(peer, nowMs);
  }

  #isPiece(peer: Peer, piece: number): boolean {
    if (piece < this.#context.geometry.pieceCount) return true;
    this.#drop(peer, 'bad-index');
    return false;
  }

  #addPiece(peerId: PeerId, piece: number, nowMs: number): void {
    if (!this.#downloader.handleVerified(piece, peerId, nowMs)) return;
    this.#peerBook.tellEveryone(piece);
    this.#announcer.recordGained(piece, nowMs);
    this.#completeIfFull();
  }

  #refusePiece(peerId: PeerId, piece: number, nowMs: number): void {
    const sender = this.#downloader.handleRefused(piece, peerId);
    if (sender !== undefined) this.#peerBook.ban(sender, 'bad-piece');
    this.#downloader.fillAll(nowMs);
  }

  #losePiece(piece: number, nowMs: number): void {
    if (!this.#context.held.remove(piece)) return;
    this.#hasCompleted = false;
    this.#context.picker.release(piece);
    this.#uploader.handleLost(piece);
    this.#superSeeder.handleLost();
    this.#announcer.recordLost(nowMs);
    this.#downloader.handleSettled(piece, nowMs);
    this.#downloader.fillAll(nowMs);
    this.#dialer.handleLack(nowMs);
  }

  #gainPieces(pieces: readonly number[], nowMs: number): void {
    for (const piece of pieces) {
      if (!this.#context.held.add(piece)) continue;
      this.#context.picker.take(piece);
      this.#downloader.handleHeld(piece);
      this.#peerBook.tellEveryone(piece);
    }
    this.#downloader.fillAll(nowMs);
    this.#announcer.announceAll(nowMs);
    this.#completeIfFull();
  }

  #completeIfFull(): void {
    if (!this.#context.held.isFull || this.#hasCompleted) return;
    this.#hasCompleted = true;
    this.#context.emit({ type: 'completed' });
  }

  #drop(peer: Peer, reason: DisconnectReason): void {
    this.#hasToPlan = true;
    this.#context.emit({ type: 'disconnect', peerId: peer.peerId, reason });
    this.#removePeer(peer, this.#nowMs);
    if (isForGood(reason)) this.#dialer.shun(peer.peerId);
  }

  #removePeer(peer: Peer, nowMs: number): void {
    this.#forgetPeer(peer, nowMs);
    this.#dialer.handleGone(peer.peerId, nowMs);
    this.#downloader.fillAll(nowMs);
  }

  #forgetPeer(peer: Peer, nowMs: number): void {
    this.#peerBook.remove(peer);
    this.#downloader.handlePeerGone(peer);
    this.#uploader.handlePeerGone(peer, nowMs);
    this.#superSeeder.handlePeerGone(peer);
  }
}
