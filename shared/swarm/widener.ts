import type { Peer } from './peer.ts';
import type { SwarmContext } from './swarm-context.ts';
import { MAX_FEW_SOURCES, MIN_STALL_TIMEOUT_MS } from './limits.ts';

/**
 * Where few sources send, tries whether more connections to each make more come: one alone is held back by its
 * congestion window wherever the way is long or loses packets.
 */
export class Widener {
  readonly #context: SwarmContext;

  constructor(context: SwarmContext) {
    this.#context = context;
  }

  tick(nowMs: number): void {
    const peers = [...this.#context.peers.values()];
    const sources = peers.filter((peer) => isSending(peer, nowMs));
    const areFew = sources.length <= MAX_FEW_SOURCES;
    for (const peer of peers) {
      if (!areFew || !sources.includes(peer)) peer.strandTrial.interrupt();
      else this.#look(peer, nowMs);
    }
  }

  #look(peer: Peer, nowMs: number): void {
    const strands = peer.strandTrial.look(peer.downMeter.totalBytes, peer.strands, nowMs);
    if (strands === undefined) return;
    this.#context.emit({ type: 'widen', peerId: peer.peerId, strands });
  }
}

function isSending({ outstandingBytes, lastBlockAtMs }: Peer, nowMs: number): boolean {
  return outstandingBytes > 0 && nowMs - lastBlockAtMs < MIN_STALL_TIMEOUT_MS;
}
