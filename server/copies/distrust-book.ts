import type { Holding } from '../registry/swarm.ts';
import { BoundedMap } from './bounded-map.ts';
import { MAX_REMEMBERED } from './copy-limits.ts';

/** Who says of another that it does not hold what it claims. */
export interface Accuser {
  readonly peerId: string;
  readonly address: string;
  /** Whether it has the sharer's signed word. */
  readonly isSharer: boolean;
}

/** Peers at so many addresses besides the sharer must say it of another. */
const ACCUSERS = 2;

/** Who of one share cannot show what it claims to hold. It is remembered as long as the share has peers. */
export class DistrustBook {
  readonly #distrusted = new Set<string>();
  /** The addresses that have said it of each peer. */
  readonly #accusers = new BoundedMap<string, Set<string>>(MAX_REMEMBERED);

  has(peerId: string): boolean {
    return this.#distrusted.has(peerId);
  }

  /** Of those that are gone no more are remembered than of those that are there. */
  add(peerId: string, present: readonly Holding[]): void {
    this.#accusers.delete(peerId);
    this.#distrusted.add(peerId);
    if (this.#distrusted.size <= 2 * MAX_REMEMBERED) return;
    const names = new Set(present.map((holding) => holding.peerId));
    const oldest = [...this.#distrusted].find((name) => !names.has(name));
    if (oldest !== undefined) this.#distrusted.delete(oldest);
  }

  /** Returns whether enough others have said it now. */
  accuse(peerId: string, address: string): boolean {
    const addresses = this.#accusers.get(peerId) ?? new Set();
    addresses.add(address);
    this.#accusers.set(peerId, addresses);
    return addresses.size >= ACCUSERS;
  }
}
