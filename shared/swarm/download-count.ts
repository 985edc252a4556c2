import type { Peer } from './peer.ts';
import { MAX_COUNTED_BROWSERS } from './limits.ts';

/** How many browsers were seen to fetch all of a share: first with less than everything, then with every piece. */
export class DownloadCount {
  /** By identity: `done` are also those that had every piece when they were first seen. */
  readonly #browsers = new Map<string, 'begun' | 'done'>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** To be told of each peer when it has said what it holds, and whenever it claims more. */
  record({ role, identity, bitfield }: Pick<Peer, 'role' | 'identity' | 'bitfield'>): void {
    if (role === 'volunteer') return;
    const state = this.#browsers.get(identity);
    if (!bitfield.isFull) {
      if (state === undefined) this.#remember(identity, 'begun');
      return;
    }
    if (state === 'begun') this.#count += 1;
    if (state !== 'done') this.#remember(identity, 'done');
  }

  /** Whoever was put down first is forgotten where there are too many. */
  #remember(identity: string, state: 'begun' | 'done'): void {
    this.#browsers.set(identity, state);
    const [oldest] = this.#browsers.keys();
    if (this.#browsers.size > MAX_COUNTED_BROWSERS && oldest !== undefined) {
      this.#browsers.delete(oldest);
    }
  }
}
