import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { computeBlockLayout } from '../wire/blocks.ts';
import {
  MAX_BROKEN_STRANDS,
  MAX_FEW_PEERS,
  MAX_KNOWN_BROKEN,
  MIN_STALL_TIMEOUT_MS,
} from './limits.ts';

/**
 * Where few peers are connected, tries whether more connections to a source make more come: one alone is held back by
 * its congestion window wherever the way is long or loses packets.
 */
export class Widener {
  readonly #context: SwarmContext;
  /** How often a browser's connections ended while there were several, by its identity. */
  readonly #broken = new Map<string, number>();

  constructor(context: SwarmContext) {
    this.#context = context;
  }

  tick(nowMs: number): void {
    const { peers } = this.#context;
    const areFew = peers.size <= MAX_FEW_PEERS;
    for (const peer of peers.values()) {
      const isKnownToBreak = (this.#broken.get(peer.identity) ?? 0) >= MAX_BROKEN_STRANDS;
      if (!areFew || !isSending(peer, nowMs)) peer.strandTrial.interrupt(nowMs);
      else if (!isKnownToBreak) this.#look(peer, nowMs);
    }
  }

  /** Not by us: some ways let one connection live, and kill the second. */
  recordBroken({ identity, strands }: Peer): void {
    if (strands === 1) return;
    this.#broken.set(identity, (this.#broken.get(identity) ?? 0) + 1);
    for (const oldest of this.#broken.keys()) {
      if (this.#broken.size <= MAX_KNOWN_BROKEN) break;
      this.#broken.delete(oldest);
    }
  }

  #look({ peerId, downMeter, strands, strandTrial }: Peer, nowMs: number): void {
    const { blockLength } = computeBlockLayout(this.#context.geometry, 0);
    const { totalBytes } = downMeter;
    const wanted = strandTrial.look({ totalBytes, blockLength, strands }, nowMs);
    if (wanted !== undefined) this.#context.emit({ type: 'widen', peerId, strands: wanted });
  }
}

function isSending({ outstandingBytes, lastBlockAtMs, window }: Peer, nowMs: number): boolean {
  const patienceMs = Math.max(MIN_STALL_TIMEOUT_MS, window.stallTimeoutMs);
  return outstandingBytes > 0 && nowMs - lastBlockAtMs < patienceMs;
}
