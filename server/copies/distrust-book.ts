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
  readonly #distrusted = new BoundedMap<string, true>(MAX_REMEMBERED);
  /** The addresses that have said it of each peer. */
  readonly #accusers = new BoundedMap<string, Set<string>>(MAX_REMEMBERED);

  has(peerId: string): boolean {
    return this.#distrusted.has(peerId);
  }

  get isEmpty(): boolean {
    return this.#distrusted.size === 0;
  }

  add(peerId: string): void {
    this.#accusers.delete(peerId);
    this.#distrusted.set(peerId, true);
  }

  /** Returns whether enough others have said it now. */
  accuse(peerId: string, address: string): boolean {
    const addresses = this.#accusers.get(peerId) ?? new Set();
    addresses.add(address);
    this.#accusers.set(peerId, addresses);
    return addresses.size >= ACCUSERS;
  }
}
