import type { SwarmParts } from './swarm-parts.ts';
import { IDLE_TICK_MS, TICK_MS } from './limits.ts';

/** Asks to be woken: for the next look at silence, or sooner for what one of the others plans. */
export class Waker {
  readonly #parts: SwarmParts;
  #wakeAtMs = Infinity;

  constructor(parts: SwarmParts) {
    this.#parts = parts;
  }

  /** After a tick anew, else only where it is to be sooner than asked for before. */
  plan(isTick: boolean, nowMs: number): void {
    const { context, downloader, uploader, dialer, announcer } = this.#parts;
    const isBusy = context.peers.size > 0 || dialer.dialingCount > 0;
    const tickAtMs = nowMs + (isBusy ? TICK_MS : IDLE_TICK_MS);
    const atMs = Math.min(
      tickAtMs,
      downloader.nextAskMs,
      uploader.nextServeMs,
      dialer.nextFindMs,
      announcer.nextAnnounceMs,
    );
    if (!isTick && atMs >= this.#wakeAtMs) return;
    this.#wakeAtMs = Math.max(atMs, nowMs);
    context.emit({ type: 'wake', atMs: this.#wakeAtMs });
  }
}
