import type { Peer } from './peer.ts';
import type { Random } from './random.ts';
import type { SwarmContext } from './swarm-context.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { computeBlockLayout } from '../wire/blocks.ts';
import {
  MIN_REVEALED_BYTES,
  MIN_REVEALED_PIECES,
  MAX_PROMISE_TURNS,
  MAX_PROMISES,
  MIN_SUPER_SEEDING_PIECES,
  PROMISE_TIMEOUT_MS,
  REVEALED_AHEAD_MS,
  REVEALED_RUN_BYTES,
} from './limits.ts';
import { PiecePool } from './piece-pool.ts';
import { preparePiece } from './prepare-piece.ts';
import { shuffle } from './random.ts';

interface Promised {
  readonly peer: Peer;
  readonly atMs: number;
  /** To how many peers in all. */
  readonly count: number;
}

/**
 * Super-seeding (BEP 16): while the sharer is the only seeder it reveals each piece to one peer alone, and the next
 * ones as that peer shows that it has it. So nothing is sent twice before everything was sent once.
 * It ends for good when every piece is held by somebody else, or when the sharer itself no longer has every piece.
 */
export class SuperSeeder {
  readonly #context: SwarmContext;
  /** Pieces that nobody else holds and nobody was promised: short runs in random order. The last one is the next. */
  #pool: PiecePool;
  readonly #promised = new Map<number, Promised>();
  readonly #revealed = new Map<Peer, Bitfield>();
  #isActive: boolean;

  constructor(context: SwarmContext, isSharer: boolean) {
    const { geometry, held } = context;
    this.#context = context;
    this.#isActive = isSharer && held.isFull && geometry.pieceCount >= MIN_SUPER_SEEDING_PIECES;
    this.#pool = this.#createPool(this.#isActive ? held.pieces() : []);
  }

  get isActive(): boolean {
    return this.#isActive;
  }

  /** What to claim to a peer that has just connected. */
  computeClaim(peer: Peer): Bitfield {
    if (!this.#isActive || peer.role === 'volunteer') return this.#context.held;
    const revealed = new Bitfield(this.#context.geometry.pieceCount);
    this.#revealed.set(peer, revealed);
    return revealed;
  }

  /**
   * Who asks for what it was not shown waits for it (E27, E28): it is shown it. It is promised twice as much as it would
   * be shown by itself, and beyond that others are shown the same: whoever asks for everything keeps it from nobody.
   */
  handleRequest(peer: Peer, piece: number, nowMs: number): void {
    const revealed = this.#revealed.get(peer);
    if (revealed?.has(piece) !== false) return;
    const isOpen = !this.#isSpread(piece) && !this.#promised.has(piece);
    const limitBytes = 2 * this.#computeAheadBytes(peer, nowMs);
    if (isOpen && this.#countAheadBytes(peer, revealed) < limitBytes) {
      this.#promised.set(piece, { peer, atMs: nowMs, count: 1 });
    }
    this.#reveal(peer, revealed, piece);
  }

  /** A peer turned out to hold something, or the time has come to look again. */
  update(peer: Peer, nowMs: number): void {
    if (!this.#isActive) return;
    if (this.#context.picker.isEverythingAvailable) this.#end();
    else this.#revealMore(peer, nowMs);
  }

  /** Whoever cannot give everything has nothing to hold back. */
  handleLost(): void {
    if (this.#isActive) this.#end();
  }

  tick(nowMs: number): void {
    for (const peer of this.#context.peers.values()) this.update(peer, nowMs);
  }

  handlePeerGone(peer: Peer): void {
    this.#revealed.delete(peer);
    if (!this.#isActive) return;
    for (const [piece, promise] of this.#promised) {
      if (promise.peer === peer) this.#promised.delete(piece);
    }
    // What only this peer held has to be sent again.
    const isOpen = (piece: number) => !this.#isSpread(piece) && !this.#promised.has(piece);
    this.#pool = this.#createPool([...this.#context.held.pieces()].filter(isOpen));
  }

  /** A peer holds one piece less: where nobody else holds it, it has to be sent again. */
  handleWithdrawn(piece: number): void {
    if (!this.#isActive || this.#isSpread(piece) || this.#promised.has(piece)) return;
    this.#pool.add(piece);
  }

  #createPool(pieces: Iterable<number>): PiecePool {
    const { geometry, random } = this.#context;
    return new PiecePool(geometry.pieceCount, shuffleRuns(pieces, geometry.pieceSize, random));
  }

  #revealMore(peer: Peer, nowMs: number): void {
    const revealed = this.#revealed.get(peer);
    if (revealed === undefined) return;
    const limitBytes = this.#computeAheadBytes(peer, nowMs);
    let aheadBytes = this.#countAheadBytes(peer, revealed);
    while (aheadBytes < limitBytes) {
      const piece = this.#takeFromPool() ?? this.#takeOver(peer, revealed, nowMs);
      if (piece === undefined) return;
      const count = 1 + (this.#promised.get(piece)?.count ?? 0);
      this.#promised.set(piece, { peer, atMs: nowMs, count });
      if (revealed.has(piece)) continue;
      if (!peer.bitfield.has(piece)) aheadBytes += this.#context.geometry.pieceSize;
      preparePiece(this.#context, peer, piece, nowMs);
      this.#reveal(peer, revealed, piece);
    }
  }

  #reveal({ peerId }: Peer, revealed: Bitfield, piece: number): void {
    revealed.add(piece);
    this.#context.emit({ type: 'send', peerId, message: { type: 'have', pieces: [piece] } });
  }

  /** What the peer was shown and does not hold. */
  #countAheadBytes(peer: Peer, revealed: Bitfield): number {
    return peer.bitfield.countMissingFrom(revealed) * this.#context.geometry.pieceSize;
  }

  /** How much of that there may be. */
  #computeAheadBytes(peer: Peer, nowMs: number): number {
    const { pieceSize } = this.#context.geometry;
    const sentAhead = (peer.upMeter.computeBytesPerSecond(nowMs) * REVEALED_AHEAD_MS) / 1000;
    return Math.max(Math.min(MIN_REVEALED_PIECES * pieceSize, MIN_REVEALED_BYTES), sentAhead);
  }

  #takeFromPool(): number | undefined {
    for (let piece = this.#pool.take(); piece !== undefined; piece = this.#pool.take()) {
      if (!this.#isSpread(piece) && !this.#promised.has(piece)) return piece;
    }
    return undefined;
  }

  /**
   * Nothing is left to promise: what another peer was promised and is slow to take. Whoever let it pass before is not
   * promised it again, or two could hand it to and fro, and what they claim beside it would be shown to nobody.
   */
  #takeOver(peer: Peer, revealed: Bitfield, nowMs: number): number | undefined {
    for (const [piece, promise] of this.#promised) {
      if (this.#isSpread(piece)) this.#promised.delete(piece);
      else if (promise.peer === peer || revealed.has(piece)) continue;
      else if (promise.count >= MAX_PROMISES || this.#isOverdue(promise, nowMs)) return piece;
    }
    return undefined;
  }

  /** Whether it is the peer that is slow, and not our own uplink with many peers to serve in turns. */
  #isOverdue({ peer, atMs }: Promised, nowMs: number): boolean {
    const turnMs = PROMISE_TIMEOUT_MS + this.#computeRoundMs(nowMs);
    const isIdle = nowMs - Math.max(atMs, peer.uploads.movedAtMs) > turnMs;
    const isBusyWithOtherPieces = nowMs - atMs > MAX_PROMISE_TURNS * turnMs;
    return isIdle || isBusyWithOtherPieces;
  }

  /** How long it takes to serve one block to every peer that waits for some. */
  #computeRoundMs(nowMs: number): number {
    const { geometry, peers } = this.#context;
    let bytesPerSecond = 0;
    let roundBytes = 0;
    for (const { uploads, upMeter } of peers.values()) {
      bytesPerSecond += upMeter.computeBytesPerSecond(nowMs);
      if (uploads.length > 0) roundBytes += computeBlockLayout(geometry, 0).blockLength;
    }
    return bytesPerSecond > 0 ? (roundBytes * 1000) / bytesPerSecond : 0;
  }

  #isSpread(piece: number): boolean {
    return this.#context.picker.availabilityOf(piece) > 0;
  }

  #end(): void {
    this.#isActive = false;
    this.#pool = this.#createPool([]);
    this.#promised.clear();
    for (const [peer] of this.#revealed) {
      const message = { type: 'bitfield' as const, bitfield: this.#context.held.toBytes() };
      this.#context.emit({ type: 'send', peerId: peer.peerId, message });
    }
    this.#revealed.clear();
  }
}

function shuffleRuns(pieces: Iterable<number>, pieceSize: number, random: Random): number[] {
  const runLength = Math.max(1, Math.floor(REVEALED_RUN_BYTES / pieceSize));
  const runs = new Map<number, number[]>();
  for (const piece of pieces) {
    const run = Math.floor(piece / runLength);
    const members = runs.get(run);
    if (members === undefined) runs.set(run, [piece]);
    else members.push(piece);
  }
  return shuffle([...runs.keys()], random).flatMap((run) => runs.get(run)?.toReversed() ?? []);
}
