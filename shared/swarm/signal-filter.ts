import type { Signal } from './ports/transport.ts';

const MAX_SIGNALS = 64;

/** What one connection that is being made takes of the other end's signals: so many, and one description (S6, S7). */
export class SignalFilter {
  #count = 0;
  #isDescribed: boolean;

  /** Who answers has the other end's description already: the offer. */
  constructor(end: 'initiator' | 'responder') {
    this.#isDescribed = end === 'responder';
  }

  takes({ type }: Signal): boolean {
    this.#count += 1;
    if (this.#count > MAX_SIGNALS || type === 'offer') return false;
    if (type === 'candidate') return true;
    const isFirst = !this.#isDescribed;
    this.#isDescribed = true;
    return isFirst;
  }
}
