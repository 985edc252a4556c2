import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { ENOUGH_COPIES_SENT, LITTLE_SHARE, LONG_WAIT_MS, MIN_CROWD, TICK_MS } from './limits.ts';

/**
 * A sharer that has sent everything leaves the rest to the crowd where it matters little: where its neighbours get
 * many times as much from others. Whoever has most of what it has from here is served as before, as others may be out
 * of its reach, and so is who was put off for long.
 */
export class Thrift {
  readonly #context: SwarmContext;
  readonly #isSharer: boolean;
  #sentBytes = 0;
  #sentBytesBefore = 0;
  /** How many pieces each neighbour held when looked at last. */
  #counts = new Map<Peer, number>();
  #lookedAtMs = 0;
  #isOn = false;

  constructor(context: SwarmContext, isSharer: boolean) {
    this.#context = context;
    this.#isSharer = isSharer;
  }

  recordSent(byteLength: number): void {
    this.#sentBytes += byteLength;
  }

  /** Looks at what was gained since it looked last, half a second ago or more. */
  tick(nowMs: number): void {
    const { geometry, held, peers } = this.#context;
    if (!this.#isSharer || this.#sentBytes < ENOUGH_COPIES_SENT * geometry.streamLength) return;
    if (nowMs - this.#lookedAtMs < TICK_MS) return;
    const counts = new Map([...peers.values()].map((peer) => [peer, peer.bitfield.count]));
    let gainedPieces = 0;
    // What one says that it holds to begin with was not gained now.
    for (const [peer, count] of counts) gainedPieces += count - (this.#counts.get(peer) || count);
    const sentBytes = this.#sentBytes - this.#sentBytesBefore;
    const gainedBytes = gainedPieces * geometry.pieceSize;
    const isCrowd = held.isFull && peers.size >= MIN_CROWD;
    this.#isOn = isCrowd && gainedBytes > 0 && sentBytes < LITTLE_SHARE * gainedBytes;
    this.#sentBytesBefore = this.#sentBytes;
    this.#counts = counts;
    this.#lookedAtMs = nowMs;
  }

  /** Whether the peer is to look for that piece elsewhere, where several have it. */
  leavesToOthers({ bitfield, turn, upMeter }: Peer, piece: number, nowMs: number): boolean {
    const { geometry, picker } = this.#context;
    if (!this.#isOn || picker.availabilityOf(piece) < 2) return false;
    if (turn.computeWaitMs(nowMs) >= LONG_WAIT_MS) return false;
    return 2 * upMeter.totalBytes < bitfield.count * geometry.pieceSize;
  }
}
