import type { SwarmParts } from './swarm-parts.ts';
import { WAKING_PATIENCE_MS } from './limits.ts';

/** After the host stood still: connections may be dead, and what the tracker said is old. */
export class Awakening {
  readonly #parts: Pick<SwarmParts, 'context' | 'dialer' | 'announcer'>;
  #wokenAtMs = -Infinity;

  constructor(parts: Pick<SwarmParts, 'context' | 'dialer' | 'announcer'>) {
    this.#parts = parts;
  }

  /** A hidden tab without connections may be woken once a minute: that is no reason to ask and announce as often. */
  handleWoken(nowMs: number): void {
    const { context, dialer, announcer } = this.#parts;
    dialer.handleLack(nowMs);
    if (context.peers.size === 0) return;
    this.#wokenAtMs = nowMs;
    dialer.findNow(nowMs);
    announcer.announceAll(nowMs);
  }

  /** A source that has said nothing since is given up, long before one is that was just heard. */
  tick(nowMs: number): void {
    if (nowMs - this.#wokenAtMs > 2 * WAKING_PATIENCE_MS) return;
    const { peers, drop } = this.#parts.context;
    for (const peer of peers.values()) {
      const isSilent = peer.spokeAtMs <= this.#wokenAtMs && peer.outstandingBytes > 0;
      const sinceMs = Math.max(this.#wokenAtMs, peer.lastBlockAtMs);
      if (isSilent && nowMs - sinceMs >= WAKING_PATIENCE_MS) {
        drop(peer, 'unresponsive');
      }
    }
  }
}
