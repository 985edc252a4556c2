import type { SightedPeer } from './sight.ts';

/** Far more than are connected at a time. Whoever was not seen for longest is the first to be forgotten. */
const MAX_NAMES = 500;

/** Gives each browser a number that it keeps, also when it comes back. */
export class PeerNames {
  readonly #numbers = new Map<string, number>();
  readonly #counts = { peer: 0, volunteer: 0 };

  number(kind: SightedPeer['kind'], identity: string): number {
    const key = `${kind} ${identity}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      this.#counts[kind] += 1;
      number = this.#counts[kind];
    }
    this.#numbers.delete(key);
    this.#numbers.set(key, number);
    for (const oldest of this.#numbers.keys()) {
      if (this.#numbers.size <= MAX_NAMES) break;
      this.#numbers.delete(oldest);
    }
    return number;
  }
}
