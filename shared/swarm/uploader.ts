import type { BlockName, LimitOrder } from './swarm-events.ts';
import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import type { QueuedBlock } from './upload-queue.ts';
import { computeBlockLayout, computeBlockLength } from '../wire/blocks.ts';
import {
  LONG_WAIT_MS,
  MAX_BUSY_MS,
  MAX_NEWCOMER_PIECES,
  MAX_SEND_BUDGET_BYTES,
  MAX_SEND_MARK_BYTES,
  MIN_SEND_MARK_BYTES,
  SEND_MARK_MS,
  STALLED_CHANNEL_MS,
  UNMOVED_MS,
  UNREAD_TIMEOUT_MS,
} from './limits.ts';
import { preparePiece } from './prepare-piece.ts';
import { RateLimit } from './rate-limit.ts';
import { Thrift } from './thrift.ts';
import { UploadGate } from './upload-gate.ts';

/**
 * Serves every peer that asks, in turns of one block, so that bytes are shared evenly among those who want them.
 * What is handed to a channel is bounded for each peer and over all of them.
 */
export class Uploader {
  readonly #context: SwarmContext;
  /** Peers with requests waiting, whose turn it is first. */
  readonly #turns = new Set<Peer>();
  readonly #gate = new UploadGate();
  readonly #thrift: Thrift;
  #countedBytes = 0;
  #limit: RateLimit | undefined;
  #nextServeMs = Infinity;

  constructor(context: SwarmContext, isSharer: boolean) {
    this.#context = context;
    this.#thrift = new Thrift(context, isSharer);
  }

  /** Bytes handed to all channels, as they count for the budget (E11). */
  get countedBytes(): number {
    return this.#countedBytes;
  }

  /** When more may leave, where a limit holds something back. */
  get nextServeMs(): number {
    return this.#nextServeMs;
  }

  get isHeldBack(): boolean {
    return this.#nextServeMs < Infinity;
  }

  /** Sends no more than that a second, or as much as possible. */
  setLimit({ bytesPerSecond, whole }: LimitOrder, nowMs: number): void {
    if (bytesPerSecond === undefined) this.#limit = undefined;
    else if (this.#limit === undefined) this.#limit = new RateLimit(bytesPerSecond, nowMs, whole);
    else this.#limit.change(bytesPerSecond, nowMs, whole);
    this.#serve(nowMs);
  }

  handleRequest(peer: Peer, piece: number, block: number, nowMs: number): void {
    const layout = computeBlockLayout(this.#context.geometry, piece);
    if (block >= layout.blockCount) {
      this.#context.drop(peer, 'bad-index');
      return;
    }
    // A repeated request is the same request.
    if (peer.uploads.has(piece, block)) return;
    const byteLength = computeBlockLength(layout, block);
    this.#gate.recordNeighbours(this.#context.peers.size);
    if (!this.#mayQueue(peer, piece, block, nowMs)) {
      this.#putOff(peer, piece, block, nowMs);
      return;
    }
    if (peer.uploads.loadBytes === 0) peer.uploads.movedAtMs = nowMs;
    const answer = peer.uploads.add({ piece, block, byteLength });
    if (answer === 'queued') {
      peer.turn.recordLetIn(piece, block);
      // Blocks of a piece are asked for in order, so the first one announces the others.
      if (block === 0) preparePiece(this.#context, peer, piece, nowMs);
      this.#turns.add(peer);
      this.#serve(nowMs);
    } else {
      this.#refuse(peer, piece, block, answer);
    }
  }

  /** A request of what we do not hold, or do not show to this peer. */
  handleUnservable(peer: Peer, piece: number, block: number): void {
    this.#refuse(peer, piece, block, peer.uploads.recordExcess());
  }

  handleSent(peer: Peer, byteLength: number, bufferedBytes: number, nowMs: number): void {
    peer.upMeter.record(byteLength, nowMs);
    peer.prepared.give(byteLength);
    this.#thrift.recordSent(byteLength);
    this.#recordMoved(peer, peer.uploads.handedBytes - byteLength, bufferedBytes, nowMs);
  }

  handleDrained(peer: Peer, bufferedBytes: number, nowMs: number): void {
    this.#recordMoved(peer, peer.uploads.handedBytes, bufferedBytes, nowMs);
  }

  /** The piece is gone: everybody who waits for it is told. */
  handleLost(piece: number): void {
    for (const peer of this.#context.peers.values()) {
      for (const { block } of peer.uploads.takePiece(piece)) this.#reject(peer, piece, block);
    }
  }

  /** A block that was handed over could not be read. */
  handleUnsent(peer: Peer, name: BlockName, nowMs: number): void {
    const layout = computeBlockLayout(this.#context.geometry, name.piece);
    const handedBytes = peer.uploads.handedBytes - computeBlockLength(layout, name.block);
    this.#setPending(peer, handedBytes, peer.uploads.bufferedBytes, nowMs);
    this.#reject(peer, name.piece, name.block);
    this.#serve(nowMs);
  }

  handlePeerGone(peer: Peer, nowMs: number): void {
    this.#turns.delete(peer);
    this.#setPending(peer, 0, 0, nowMs);
  }

  /** Takes the budget back from receivers that take nothing for seconds, and drops those that do not come back. */
  tick(nowMs: number): void {
    this.#thrift.tick(nowMs);
    for (const peer of this.#context.peers.values()) {
      const { bufferedBytes, movedAtMs } = peer.uploads;
      if (bufferedBytes < MIN_SEND_MARK_BYTES) continue;
      const unmovedMs = nowMs - movedAtMs;
      if (unmovedMs > UNREAD_TIMEOUT_MS) this.#context.drop(peer, 'unresponsive');
      else if (unmovedMs > STALLED_CHANNEL_MS) this.#recordStalled(peer);
    }
    this.#serve(nowMs);
  }

  #recordMoved(peer: Peer, handedBytes: number, bufferedBytes: number, nowMs: number): void {
    const { uploads } = peer;
    const before = uploads.pendingBytes;
    uploads.movedAtMs = nowMs;
    this.#setPending(peer, handedBytes, bufferedBytes, nowMs);
    this.#gate.recordLeft(before - uploads.pendingBytes);
    this.#serve(nowMs);
  }

  #recordStalled(peer: Peer): void {
    this.#countedBytes -= peer.uploads.countedBytes;
    peer.uploads.isStalled = true;
    this.#countedBytes += peer.uploads.countedBytes;
  }

  /** What was begun is gone on with. */
  #mayQueue(peer: Peer, piece: number, block: number, nowMs: number): boolean {
    const { turn, uploads, bitfield, upMeter } = peer;
    if (turn.isNext(piece, block)) return true;
    if (turn.computeRestMs(nowMs) > 0 || this.#thrift.leavesToOthers(peer, piece, nowMs))
      return false;
    if (this.#givesWay(peer, nowMs)) return false;
    const { pieceSize } = this.#context.geometry;
    const receiver = {
      loadBytes: uploads.loadBytes,
      // One that says so although it was sent a lot is no newcomer.
      isNewcomer: bitfield.count === 0 && upMeter.totalBytes < MAX_NEWCOMER_PIECES * pieceSize,
      waitMs: turn.computeWaitMs(nowMs),
    };
    return this.#gate.mayBegin(receiver, this.#computeLoads(nowMs, peer), pieceSize, nowMs);
  }

  /** Members come first, but not for ever. */
  #givesWay({ role, turn }: Peer, nowMs: number): boolean {
    if (role === 'member' || turn.computeWaitMs(nowMs) >= LONG_WAIT_MS) return false;
    for (const other of this.#context.peers.values()) {
      if (other.role === 'member' && other.turn.isWaiting(nowMs)) return true;
    }
    return false;
  }

  #putOff(peer: Peer, piece: number, block: number, nowMs: number): void {
    const { turn } = peer;
    if (turn.computeRestMs(nowMs) === 0) {
      const { sealedLength } = computeBlockLayout(this.#context.geometry, piece);
      const forMs = this.#thrift.leavesToOthers(peer, piece, nowMs)
        ? MAX_BUSY_MS
        : this.#gate.appoint(this.#computeLoads(nowMs), sealedLength, nowMs);
      turn.putOff(forMs, nowMs);
    } else if (turn.recordEarly() === 'flood') {
      this.#context.drop(peer, 'request-flood');
      return;
    }
    const retryAfterMs = Math.ceil(turn.computeRestMs(nowMs));
    const message = { type: 'busy' as const, piece, block, retryAfterMs };
    this.#context.emit({ type: 'send', peerId: peer.peerId, message });
  }

  /** Bytes on their way to each receiver that takes any, but for one. */
  #computeLoads(nowMs: number, without?: Peer): number[] {
    const loads: number[] = [];
    for (const peer of this.#context.peers.values()) {
      const isMoving = nowMs - peer.uploads.movedAtMs < UNMOVED_MS;
      if (peer !== without && isMoving) loads.push(peer.uploads.loadBytes);
    }
    return loads;
  }

  #refuse(peer: Peer, piece: number, block: number, answer: 'full' | 'flood'): void {
    if (answer === 'flood') this.#context.drop(peer, 'request-flood');
    else this.#reject(peer, piece, block);
  }

  #reject(peer: Peer, piece: number, block: number): void {
    const message = { type: 'reject' as const, piece, block };
    this.#context.emit({ type: 'send', peerId: peer.peerId, message });
  }

  #serve(nowMs: number): void {
    this.#nextServeMs = Infinity;
    // A peer that was served goes to the end of the set, and so comes again in this very loop, after the others.
    for (const peer of this.#turns) {
      if (this.#countedBytes >= MAX_SEND_BUDGET_BYTES) return;
      if (peer.uploads.pendingBytes >= computeSendMark(peer, nowMs)) continue;
      if (this.#isLimited(nowMs)) return;
      this.#turns.delete(peer);
      const next = peer.uploads.take();
      if (next === undefined) continue;
      this.#hand(peer, next, nowMs);
      if (peer.uploads.length > 0) this.#turns.add(peer);
    }
  }

  #isLimited(nowMs: number): boolean {
    const { blockLength } = computeBlockLayout(this.#context.geometry, 0);
    if (this.#limit === undefined || this.#limit.mayTake(blockLength, nowMs)) return false;
    this.#nextServeMs = this.#limit.readyAtMs(blockLength);
    return true;
  }

  #hand(peer: Peer, { piece, block, byteLength }: QueuedBlock, nowMs: number): void {
    const { handedBytes, bufferedBytes } = peer.uploads;
    this.#limit?.take(byteLength);
    this.#setPending(peer, handedBytes + byteLength, bufferedBytes, nowMs);
    this.#context.emit({ type: 'send-block', peerId: peer.peerId, piece, block });
  }

  #setPending(peer: Peer, handedBytes: number, bufferedBytes: number, nowMs: number): void {
    this.#countedBytes -= peer.uploads.countedBytes;
    // A former connection of the same peer ID may still be told of: never less than nothing.
    peer.uploads.handedBytes = Math.max(0, handedBytes);
    peer.uploads.bufferedBytes = bufferedBytes;
    // Not before it has emptied: so what counts only ever grows by what is handed over.
    if (peer.uploads.pendingBytes <= MIN_SEND_MARK_BYTES) peer.uploads.isStalled = false;
    this.#countedBytes += peer.uploads.countedBytes;
    this.#gate.recordPending(this.#countedBytes, nowMs);
  }
}

/** Bytes that the channels to one peer may hold: a quarter of a second of what they have been carrying. */
function computeSendMark({ upMeter, strands }: Peer, nowMs: number): number {
  const carried = (upMeter.computeBytesPerSecond(nowMs) * SEND_MARK_MS) / 1000;
  return Math.max(MIN_SEND_MARK_BYTES * strands, Math.min(carried, MAX_SEND_MARK_BYTES));
}
