import type { Announcer } from './announcer.ts';
import type { Dialer } from './dialer.ts';
import type { Downloader } from './downloader.ts';
import type { SwarmContext } from './swarm-context.ts';
import { IDLE_TICK_MS, TICK_MS } from './limits.ts';

/** Asks to be woken: for the next look at silence, or sooner for what one of the others plans. */
export class Waker {
  readonly #context: SwarmContext;
  readonly #downloader: Downloader;
  readonly #dialer: Dialer;
  readonly #announcer: Announcer;
  #wakeAtMs = Infinity;

  constructor(context: SwarmContext, downloader: Downloader, dialer: Dialer, announcer: Announcer) {
    this.#context = context;
    this.#downloader = downloader;
    this.#dialer = dialer;
    this.#announcer = announcer;
  }

  /** After a tick anew, else only where it is to be sooner than asked for before. */
  plan(isTick: boolean, nowMs: number): void {
    const isBusy = this.#context.peers.size > 0 || this.#dialer.dialingCount > 0;
    const tickAtMs = nowMs + (isBusy ? TICK_MS : IDLE_TICK_MS);
    const atMs = Math.min(
      tickAtMs,
      this.#downloader.nextAskMs,
      this.#dialer.nextFindMs,
      this.#announcer.nextAnnounceMs,
    );
    if (!isTick && atMs >= this.#wakeAtMs) return;
    this.#wakeAtMs = Math.max(atMs, nowMs);
    this.#context.emit({ type: 'wake', atMs: this.#wakeAtMs });
  }
}
