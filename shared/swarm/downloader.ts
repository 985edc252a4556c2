import type { BusyMessage } from '../wire/messages.ts';
import type { LimitOrder } from './swarm-events.ts';
import type { Peer } from './peer.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { PieceRange } from '../share/piece-ranges.ts';
import type { SwarmContext } from './swarm-context.ts';
import { computeSealedLength } from '../share/geometry.ts';
import { computeBlockLayout, computeBlockLength } from '../wire/blocks.ts';
import { BusySources } from './busy-sources.ts';
import { withdrawClaim } from './claims.ts';
import { DEAD_SOURCE_TIMEOUT_MS } from './limits.ts';
import { waitsForFirstPiece } from './first-piece.ts';
import { PieceChoice } from './piece-choice.ts';
import { PieceDownload } from './piece-download.ts';
import { PieceMemory } from './piece-memory.ts';
import { RequestPace } from './request-pace.ts';
import { UnderWay } from './under-way.ts';

/** Asks peers for blocks and puts pieces together; every piece from one peer, so that blame is certain. */
export class Downloader {
  readonly #context: SwarmContext;
  readonly #underWay = new UnderWay();
  readonly #busySources = new BusySources();
  readonly #memory: PieceMemory;
  readonly #choice: PieceChoice;
  readonly #pace = new RequestPace();
  #snubbedCount = 0;
  #wastedBytes = 0;

  constructor(context: SwarmContext) {
    this.#context = context;
    this.#memory = new PieceMemory(context.geometry);
    this.#choice = new PieceChoice(context, this.#underWay);
  }

  /** Bytes that came for nothing: cancelled too late, or fetched twice. */
  get wastedBytes(): number {
    return this.#wastedBytes;
  }

  /** When a source that was busy is to be asked again, or any where a limit holds requests back. */
  get nextAskMs(): number {
    return Math.min(this.#busySources.nextAskMs, this.#pace.nextAskMs);
  }

  get isHeldBack(): boolean {
    return this.#pace.nextAskMs < Infinity;
  }

  /** Asks for no more than that a second, or for as much as possible. */
  setLimit(order: LimitOrder, nowMs: number): void {
    this.#pace.setLimit(order, nowMs);
    this.fillAll(nowMs);
  }

  get verifyingCount(): number {
    return this.#underWay.verifying.size;
  }

  get assemblyBytes(): number {
    return this.#memory.assemblyBytes;
  }

  get uncommittedBytes(): number {
    return this.#memory.uncommittedBytes;
  }

  /** Requests from one peer as much as its window has room for. */
  fill(peer: Peer, nowMs: number): void {
    if (this.#context.held.isFull) return;
    const { blockLength } = computeBlockLayout(this.#context.geometry, 0);
    while (this.#hasRoom(peer) && !this.#memory.isBacklogFull) {
      const download =
        peer.downloads.find((candidate) => candidate.hasMoreToAsk) ?? this.#begin(peer, nowMs);
      if (download === undefined || !this.#pace.mayAsk(blockLength, nowMs)) return;
      if (peer.outstandingBytes === 0) peer.lastBlockAtMs = nowMs;
      const block = download.ask(nowMs);
      const byteLength = computeBlockLength(download.layout, block);
      peer.outstandingBytes += byteLength;
      this.#pace.recordAsked(byteLength);
      this.#context.emit({
        type: 'send',
        peerId: peer.peerId,
        message: { type: 'request', piece: download.piece, block },
      });
    }
  }

  fillAll(nowMs: number): void {
    for (const peer of this.#pace.takeTurns(this.#context.peers)) this.fill(peer, nowMs);
  }

  handleBlock(peer: Peer, piece: number, block: number, byteLength: number, nowMs: number): void {
    const download = peer.downloads.find((candidate) => candidate.piece === piece);
    const layout = download?.layout ?? computeBlockLayout(this.#context.geometry, piece);
    if (block >= layout.blockCount) {
      this.#context.drop(peer, 'bad-index');
      return;
    }
    const isRightLength = byteLength === computeBlockLength(layout, block);
    const responseMs = isRightLength ? download?.receive(block, nowMs) : undefined;
    if (download === undefined || responseMs === undefined) {
      // Late after a cancel, or never asked for: some of it is no proof of ill will.
      this.#wastedBytes += byteLength;
      if (peer.lateBlocks.recordCome(byteLength) === 'flood') {
        this.#context.drop(peer, 'block-flood');
      }
      return;
    }
    peer.downMeter.record(byteLength, nowMs);
    peer.outstandingBytes -= byteLength;
    peer.lastBlockAtMs = nowMs;
    this.#recordSnubbed(peer, false);
    peer.window.recordBlock(byteLength, responseMs, nowMs);
    const name = { peerId: peer.peerId, piece };
    this.#context.emit({ type: 'take-block', ...name, block });
    if (download.isComplete) {
      this.#detach(peer, download);
      this.#underWay.beginVerifying(piece, peer);
      this.#memory.recordComplete(piece);
      this.#context.emit({ type: 'verify', ...name });
    }
    this.fill(peer, nowMs);
  }

  /** These pieces come first from now on; what is under way comes as well. */
  setFocus(ranges: Iterable<PieceRange>, nowMs: number): void {
    this.#context.focus.set(ranges);
    this.fillAll(nowMs);
  }

  /** The peer will not send it: look elsewhere. */
  handleReject(peer: Peer, piece: number, nowMs: number): void {
    const download = peer.downloads.find((candidate) => candidate.piece === piece);
    if (download === undefined) return;
    if (!peer.bitfield.has(piece)) peer.holdsBack = 'no';
    withdrawClaim(peer, piece, this.#context.picker);
    this.#abandon(peer, download);
    this.fillAll(nowMs);
  }

  /** The peer has too much to send: it is asked again later, and others at once. */
  handleBusy(peer: Peer, { piece, block, retryAfterMs }: BusyMessage, nowMs: number): void {
    // Of later blocks it is no news, and may come when the piece has been asked for again.
    if (block > 0) return;
    const download = peer.downloads.find((candidate) => candidate.piece === piece);
    if (download === undefined) return;
    this.#busySources.add(peer, retryAfterMs, nowMs);
    this.#abandon(peer, download);
    this.fillAll(nowMs);
  }

  /** Asks the sources that were busy, or waited for a limit, and whose time has come. */
  askAgain(nowMs: number): void {
    for (const peer of this.#busySources.takeReady(nowMs)) this.fill(peer, nowMs);
    if (this.#pace.isReady(nowMs)) this.fillAll(nowMs);
  }

  /** Returns whether the piece is new. */
  handleVerified(piece: number, peerId: PeerId, nowMs: number): boolean {
    const wasFull = this.#memory.isFull;
    this.#endVerifying(piece, peerId);
    if (!this.#context.held.add(piece)) {
      this.#wastedBytes += computeSealedLength(this.#context.geometry, piece);
      return false;
    }
    this.#context.picker.take(piece);
    this.#memory.keep(piece);
    for (const source of this.handleHeld(piece)) this.fill(source, nowMs);
    const isFirst = this.#context.held.count === 1;
    if (wasFull || isFirst) this.fillAll(nowMs);
    return true;
  }

  /** The piece is here, one way or another: whoever was sending it, as is returned, stops. */
  handleHeld(piece: number): readonly Peer[] {
    const sources = this.#underWay.sources.get(piece) ?? [];
    for (const source of sources) this.#cancel(source, piece);
    return sources;
  }

  /** Returns who sent it, whether still connected or not. */
  handleRefused(piece: number, peerId: PeerId): Peer | undefined {
    const sender = this.#endVerifying(piece, peerId);
    this.#wastedBytes += computeSealedLength(this.#context.geometry, piece);
    this.#releaseIfIdle(piece);
    return sender;
  }

  /** A verified piece has reached the store, or was lost on the way there. */
  handleSettled(piece: number, nowMs: number): void {
    const wasFull = this.#memory.isFull;
    if (this.#memory.settle(piece) && wasFull) this.fillAll(nowMs);
  }

  handlePeerGone(peer: Peer): void {
    this.#busySources.delete(peer);
    this.#recordSnubbed(peer, false);
    for (const download of peer.downloads.slice()) this.#abandon(peer, download);
  }

  /** Finds sources that have gone silent, and gives the idle something to do. */
  tick(nowMs: number): void {
    for (const peer of this.#context.peers.values()) {
      if (peer.outstandingBytes === 0) continue;
      const silentMs = nowMs - peer.lastBlockAtMs;
      if (silentMs > DEAD_SOURCE_TIMEOUT_MS) {
        this.#context.drop(peer, 'unresponsive');
      } else if (!peer.isSnubbed && silentMs > peer.window.stallTimeoutMs) {
        this.#recordSnubbed(peer, true);
        peer.window.restart();
      }
    }
    this.fillAll(nowMs);
  }

  /** Whole blocks, as many as are nearest to the window: small windows on busy uplinks are not to be overshot by half. */
  #hasRoom({ outstandingBytes, window, strands, strandTrial, isSnubbed }: Peer): boolean {
    const { blockLength } = computeBlockLayout(this.#context.geometry, 0);
    const leastBytes = isSnubbed ? 0 : strandTrial.computeLeastBytes(strands, blockLength);
    const windowBytes = Math.max(window.bytes, leastBytes);
    return outstandingBytes === 0 || outstandingBytes + blockLength / 2 <= windowBytes;
  }

  #begin(peer: Peer, nowMs: number): PieceDownload | undefined {
    if (this.#memory.isAssemblyFull || this.#busySources.has(peer)) return undefined;
    // A snubbed source that was relieved of everything gets one piece to prove itself.
    if (peer.isSnubbed && peer.downloads.length > 0) return undefined;
    if (waitsForFirstPiece(this.#context, this.#underWay.sources.values(), nowMs)) return undefined;
    const chosen = this.#choice.choose(peer, this.#snubbedCount > 0, nowMs);
    if (chosen === undefined) return undefined;
    const { piece, replaced } = chosen;
    if (replaced !== undefined) this.#cancel(replaced, piece);
    this.#context.picker.take(piece);
    const download = new PieceDownload(piece, computeBlockLayout(this.#context.geometry, piece));
    peer.downloads.push(download);
    this.#underWay.begin(piece, peer);
    this.#memory.begin(piece);
    return download;
  }

  /** Counted, as most haves in a large swarm ask whether anybody is. */
  #recordSnubbed(peer: Peer, isSnubbed: boolean): void {
    if (peer.isSnubbed !== isSnubbed) this.#snubbedCount += isSnubbed ? 1 : -1;
    peer.isSnubbed = isSnubbed;
  }

  #cancel(source: Peer, piece: number): void {
    const download = source.downloads.find((candidate) => candidate.piece === piece);
    if (download === undefined) return;
    for (const block of download.outstandingBlocks) {
      const message = { type: 'cancel' as const, piece, block };
      this.#context.emit({ type: 'send', peerId: source.peerId, message });
    }
    this.#wastedBytes += download.layout.sealedLength - download.missingBytes;
    this.#abandon(source, download);
  }

  #abandon(peer: Peer, download: PieceDownload): void {
    for (const block of download.outstandingBlocks) {
      const byteLength = computeBlockLength(download.layout, block);
      peer.outstandingBytes -= byteLength;
      peer.lateBlocks.recordGivenUp(byteLength);
    }
    this.#detach(peer, download);
    const { piece } = download;
    this.#memory.abandon(piece);
    this.#context.emit({ type: 'abandon', peerId: peer.peerId, piece });
    this.#releaseIfIdle(piece);
  }

  #detach(peer: Peer, download: PieceDownload): void {
    peer.downloads.splice(peer.downloads.indexOf(download), 1);
    this.#underWay.end(download.piece, peer);
  }

  #endVerifying(piece: number, peerId: PeerId): Peer | undefined {
    this.#memory.recordVerified(piece);
    return this.#underWay.endVerifying(piece, peerId);
  }

  /** The piece is wanted from now on, and may be under way already. */
  handleWanted(piece: number): void {
    this.#releaseIfIdle(piece);
  }

  #releaseIfIdle(piece: number): void {
    const { held, wanted, picker } = this.#context;
    const isBusy = this.#underWay.has(piece);
    if (!isBusy && wanted.has(piece) && !held.has(piece)) picker.release(piece);
  }
}
