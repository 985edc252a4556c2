import type { Peer } from './peer.ts';

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
      if (state === undefined) this.#browsers.set(identity, 'begun');
      return;
    }
    if (state === 'begun') this.#count += 1;
    if (state !== 'done') this.#browsers.set(identity, 'done');
  }
}
