import type { Peer } from './peer.ts';
import { MAX_BUSY_MS, MIN_BUSY_MS } from './limits.ts';

/** Sources that have more to send than they can, and when each is to be asked for another piece. */
export class BusySources {
  readonly #readyAtMs = new Map<Peer, number>();
  #nextAskMs = Infinity;

  /** When the first of them is ready, or sooner where one was deleted meanwhile. */
  get nextAskMs(): number {
    return this.#nextAskMs;
  }

  has(peer: Peer): boolean {
    return this.#readyAtMs.has(peer);
  }

  add(peer: Peer, retryAfterMs: number, nowMs: number): void {
    const pauseMs = Math.max(MIN_BUSY_MS, Math.min(retryAfterMs, MAX_BUSY_MS));
    this.#readyAtMs.set(peer, nowMs + pauseMs);
    this.#nextAskMs = Math.min(this.#nextAskMs, nowMs + pauseMs);
    peer.window.restart();
  }

  delete(peer: Peer): void {
    this.#readyAtMs.delete(peer);
  }

  /** Takes out those whose time has come. */
  takeReady(nowMs: number): readonly Peer[] {
    if (nowMs < this.#nextAskMs) return [];
    const ready: Peer[] = [];
    this.#nextAskMs = Infinity;
    for (const [peer, readyAtMs] of this.#readyAtMs) {
      if (readyAtMs <= nowMs) ready.push(peer);
      else this.#nextAskMs = Math.min(this.#nextAskMs, readyAtMs);
    }
    for (const peer of ready) this.#readyAtMs.delete(peer);
    return ready;
  }
}
