import type { Peer } from './peer.ts';
import type { LimitOrder } from './swarm-events.ts';
import { RateLimit } from './rate-limit.ts';

/** Keeps requests within what a person lets this share receive a second. */
export class RequestPace {
  #limit: RateLimit | undefined;
  #nextAskMs = Infinity;
  #turn = 0;

  /** When requests that were held back may go on. */
  get nextAskMs(): number {
    return this.#nextAskMs;
  }

  /** Undefined lifts the limit; then whatever waits may go on. */
  setLimit({ bytesPerSecond, whole }: LimitOrder, nowMs: number): void {
    this.#nextAskMs = Infinity;
    if (bytesPerSecond === undefined) this.#limit = undefined;
    else if (this.#limit === undefined) this.#limit = new RateLimit(bytesPerSecond, nowMs, whole);
    else this.#limit.change(bytesPerSecond, nowMs, whole);
  }

  mayAsk(byteLength: number, nowMs: number): boolean {
    if (this.#limit === undefined || this.#limit.mayTake(byteLength, nowMs)) return true;
    this.#nextAskMs = this.#limit.readyAtMs(byteLength);
    return false;
  }

  recordAsked(byteLength: number): void {
    this.#limit?.take(byteLength);
  }

  /** Whether what was held back may go on now. */
  isReady(nowMs: number): boolean {
    return nowMs >= this.#nextAskMs;
  }

  /** The sources in the order in which they are asked: under a limit each time another one first. */
  takeTurns(peers: ReadonlyMap<string, Peer>): Iterable<Peer> {
    if (this.#limit === undefined) return peers.values();
    this.#nextAskMs = Infinity;
    this.#turn += 1;
    const all = [...peers.values()];
    const first = this.#turn % Math.max(1, all.length);
    return [...all.slice(first), ...all.slice(0, first)];
  }
}
