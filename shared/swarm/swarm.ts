import type { Bytes } from '../share/bytes.ts';
import type { Geometry } from '../share/geometry.ts';
import type { PeerId, PieceRanges } from './ports/tracker-client.ts';
import type { SwarmContext } from './swarm-context.ts';
import type { DisconnectReason, SwarmEffect, SwarmEvent } from './swarm-events.ts';
import type { Peer } from './peer.ts';
import type { SwarmParts } from './swarm-parts.ts';
import type { SwarmSnapshot } from './swarm-snapshot.ts';
import { listPieces } from '../share/piece-ranges.ts';
import { Bitfield } from '../wire/bitfield.ts';
import type { SwarmRole } from './ports/tracker-client.ts';
import { Announcer } from './announcer.ts';
import { Awakening } from './awakening.ts';
import { Auditor } from './auditor.ts';
import { Conversation } from './conversation.ts';
import { Dialer } from './dialer.ts';
import { Focus } from './focus.ts';
import { Downloader } from './downloader.ts';
import { Holdings } from './holdings.ts';
import { PeerBook } from './peer-book.ts';
import { PiecePicker } from './piece-picker.ts';
import { computePieceStates } from './piece-states.ts';
import { createRandom } from './random.ts';
import { RateMeter } from './rate-meter.ts';
import { Shower } from './shower.ts';
import { SuperSeeder } from './super-seeder.ts';
import { isForGood, isTraffic } from './swarm-events.ts';
import { computeSnapshot } from './swarm-snapshot.ts';
import { Uploader } from './uploader.ts';
import { Waker } from './waker.ts';
import { Widener } from './widener.ts';

export interface SwarmOptions {
  readonly geometry: Geometry;
  /** What a member wants to begin with; everything by default. */
  readonly wanted?: PieceRanges | undefined;
  /** What the store holds already. The engine keeps this bitfield and changes it. */
  readonly held: Bitfield;
  /** A sharer super-seeds while nobody else holds every piece; a volunteer fetches only what it is told to. */
  readonly role: SwarmRole;
  /** 32 bits of randomness: the same seed, events and times give the same effects. */
  readonly seed: number;
}

/** The engine of one share in one tab. It owns no socket, timer, store, clock or random source: see swarm-events.ts. */
export class Swarm {
  readonly #parts: SwarmParts;
  readonly #conversation: Conversation;
  readonly #holdings: Holdings;
  readonly #waker: Waker;
  readonly #awakening: Awakening;
  readonly #downMeter = new RateMeter();
  readonly #upMeter = new RateMeter();
  #effects: SwarmEffect[] = [];
  /** Whether this event may have changed when to look again. */
  #hasToPlan = true;
  #nowMs = 0;

  constructor({ geometry, held, role, seed, wanted: chosen }: SwarmOptions) {
    const random = createRandom(seed);
    const { pieceCount } = geometry;
    const isSharer = role === 'sharer';
    const wanted = Bitfield.of(
      pieceCount,
      role === 'volunteer' ? held.pieces() : listPieces(chosen ?? [[0, pieceCount - 1]]),
    );
    const context: SwarmContext = {
      geometry,
      role,
      held,
      wanted,
      focus: new Focus(held),
      peers: new Map(),
      picker: new PiecePicker(pieceCount, wanted.piecesMissingFrom(held), random),
      random,
      emit: (effect) => this.#effects.push(effect),
      drop: (peer, reason) => this.#drop(peer, reason),
    };
    const auditor = new Auditor(context);
    this.#parts = {
      context,
      auditor,
      peerBook: new PeerBook(context, auditor),
      downloader: new Downloader(context),
      widener: new Widener(context),
      uploader: new Uploader(context, isSharer),
      superSeeder: new SuperSeeder(context, isSharer),
      shower: new Shower(context),
      dialer: new Dialer(context, auditor),
      announcer: new Announcer(context),
    };
    this.#conversation = new Conversation(this.#parts);
    this.#holdings = new Holdings(this.#parts);
    this.#waker = new Waker(this.#parts);
    this.#awakening = new Awakening(this.#parts);
  }

  /** Times never go backwards. Returns the effects, to be carried out in order. */
  handle(event: SwarmEvent, nowMs: number): readonly SwarmEffect[] {
    this.#nowMs = nowMs;
    this.#effects = [];
    this.#hasToPlan = !isTraffic(event);
    this.#record(event, nowMs);
    this.#parts.downloader.askAgain(nowMs);
    const { uploader, downloader } = this.#parts;
    const isLimited = uploader.isHeldBack || downloader.isHeldBack;
    if (this.#hasToPlan || isLimited) {
      this.#parts.announcer.tick(nowMs);
      this.#waker.plan(event.type === 'tick', nowMs);
    }
    return this.#effects;
  }

  snapshot(nowMs: number): SwarmSnapshot {
    return computeSnapshot({
      ...this.#parts,
      downMeter: this.#downMeter,
      upMeter: this.#upMeter,
      nowMs,
    });
  }

  /** One byte a piece: see piece-states.ts. */
  pieceStates(): Bytes {
    return computePieceStates(this.#parts.context);
  }

  #record(event: SwarmEvent, nowMs: number): void {
    switch (event.type) {
      case 'tracker-up':
        this.#parts.announcer.handleTrackerUp(event.announceIntervalMs, nowMs);
        this.#parts.dialer.handleTrackerUp(nowMs);
        return;
      case 'tracker-down':
        this.#parts.announcer.handleTrackerDown();
        this.#parts.dialer.handleTrackerDown();
        return;
      case 'announce-refused':
        this.#parts.announcer.handleRefused(nowMs);
        return;
      case 'peers-found':
        this.#parts.dialer.handleFound(event.peers, nowMs);
        return;
      case 'peer-connected':
        this.#addPeer(event, nowMs);
        return;
      case 'piece-verified':
        this.#holdings.addPiece(event.peerId, event.piece, nowMs);
        return;
      case 'piece-refused':
        this.#holdings.refusePiece(event.peerId, event.piece, nowMs);
        return;
      case 'piece-stored':
        this.#parts.downloader.handleSettled(event.piece, nowMs);
        return;
      case 'piece-lost':
        this.#holdings.losePiece(event.piece, nowMs);
        return;
      case 'pieces-gained':
        this.#holdings.gainPieces(event.pieces, nowMs);
        return;
      case 'pieces-wanted':
        this.#holdings.wantPieces(event.pieces, nowMs);
        return;
      case 'want-only':
        this.#holdings.wantOnly(event.ranges, nowMs);
        return;
      case 'focus':
        this.#parts.downloader.setFocus(event.ranges, nowMs);
        this.#parts.dialer.handleLack(nowMs);
        return;
      case 'pieces-dropped':
        this.#holdings.dropPieces(event.pieces, nowMs);
        return;
      case 'copy-target':
        this.#parts.auditor.setTarget(event.copies, nowMs);
        this.#parts.announcer.announceAll(nowMs);
        this.#parts.dialer.handleLack(nowMs);
        return;
      case 'limit-upload':
        this.#parts.uploader.setLimit(event, nowMs);
        return;
      case 'limit-download':
        this.#parts.downloader.setLimit(event, nowMs);
        return;
      case 'woken':
        this.#awakening.handleWoken(nowMs);
        return;
      case 'tick':
        this.#tick(nowMs);
        return;
      default:
        this.#recordOfPeer(event, nowMs);
    }
  }

  #tick(nowMs: number): void {
    const { downloader, widener, uploader, superSeeder, auditor, dialer } = this.#parts;
    this.#holdings.tick(nowMs);
    const inOrder = [this.#awakening, downloader, widener, uploader, superSeeder, auditor, dialer];
    for (const part of inOrder) part.tick(nowMs);
  }

  #recordOfPeer(event: Extract<SwarmEvent, { peerId: PeerId }>, nowMs: number): void {
    const peer = this.#parts.context.peers.get(event.peerId);
    if (peer === undefined) {
      if (event.type === 'peer-disconnected') this.#parts.dialer.handleGone(event.peerId, nowMs);
      return;
    }
    switch (event.type) {
      case 'peer-disconnected':
        this.#parts.widener.recordBroken(peer);
        this.#removePeer(peer, nowMs);
        return;
      case 'audit-asked':
        this.#parts.auditor.handleAsked(peer, event.piece, nowMs);
        return;
      case 'audit-answered':
        peer.spokeAtMs = nowMs;
        this.#parts.auditor.handleAnswered(peer, event.piece, event.isTrue, nowMs);
        return;
      case 'message':
        peer.spokeAtMs = nowMs;
        if (event.message.type === 'busy') this.#hasToPlan = true;
        this.#conversation.hear(peer, event.message, nowMs);
        return;
      case 'block':
        peer.spokeAtMs = nowMs;
        this.#downMeter.record(event.byteLength, nowMs);
        if (this.#conversation.isPiece(peer, event.piece)) {
          this.#parts.downloader.handleBlock(
            peer,
            event.piece,
            event.block,
            event.byteLength,
            nowMs,
          );
        }
        return;
      case 'block-sent':
        this.#upMeter.record(event.byteLength, nowMs);
        this.#parts.uploader.handleSent(peer, event.byteLength, event.bufferedBytes, nowMs);
        return;
      case 'block-unsent':
        this.#parts.uploader.handleUnsent(peer, event, nowMs);
        return;
      case 'piece-shown':
        this.#parts.shower.handleShown(peer);
        return;
      case 'strands':
        peer.strands = event.count;
        return;
      case 'drained':
        this.#parts.uploader.handleDrained(peer, event.bufferedBytes, nowMs);
        return;
      case 'peer-connected':
      case 'piece-verified':
      case 'piece-refused':
        return;
    }
  }

  #addPeer(
    { peerId, identity, role }: Extract<SwarmEvent, { type: 'peer-connected' }>,
    nowMs: number,
  ): void {
    const former = this.#parts.context.peers.get(peerId);
    if (former !== undefined) this.#forgetPeer(former, nowMs);
    this.#parts.dialer.handleConnected(peerId, nowMs);
    this.#parts.auditor.handleName(peerId, identity);
    const peer = this.#parts.peerBook.add(peerId, identity, role, nowMs);
    if (peer === undefined) return;
    if (this.#parts.dialer.isSaidToSeed(peerId)) peer.holdsBack = 'maybe';
    this.#parts.auditor.handleConnected(peer, nowMs);
    const bitfield = this.#parts.superSeeder.computeClaim(peer).toBytes();
    this.#parts.context.emit({ type: 'send', peerId, message: { type: 'bitfield', bitfield } });
    this.#parts.superSeeder.update(peer, nowMs);
  }

  #drop(peer: Peer, reason: DisconnectReason): void {
    this.#hasToPlan = true;
    this.#parts.context.emit({ type: 'disconnect', peerId: peer.peerId, reason });
    this.#removePeer(peer, this.#nowMs);
    if (isForGood(reason)) this.#parts.dialer.shun(peer.peerId);
  }

  #removePeer(peer: Peer, nowMs: number): void {
    this.#forgetPeer(peer, nowMs);
    this.#parts.dialer.handleGone(peer.peerId, nowMs);
    this.#parts.downloader.fillAll(nowMs);
  }

  #forgetPeer(peer: Peer, nowMs: number): void {
    this.#parts.peerBook.remove(peer);
    this.#parts.downloader.handlePeerGone(peer);
    this.#parts.uploader.handlePeerGone(peer, nowMs);
    this.#parts.superSeeder.handlePeerGone(peer);
    this.#parts.auditor.handlePeerGone(peer);
  }
}
