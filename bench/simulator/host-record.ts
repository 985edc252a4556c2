import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';

/** What is known of one host over all lives of its page. */
export class HostRecord {
  joinedAtMs = Infinity;
  /** When it had 99 % of the pieces, and when all; never, once it has lost them again. */
  nearlyCompletedAtMs = Infinity;
  completedAtMs = Infinity;
  /** When its page was closed last. */
  leftAtMs = Infinity;
  /** The names that went with its page, and when the tracker's connection to each is closed. */
  readonly goneAtMs = new Map<PeerId, number>();
  #formerWastedBytes = 0;

  /** The engine of a life that is over came to so much. */
  recordLife(wastedBytes: number): void {
    this.#formerWastedBytes += wastedBytes;
  }

  /** With so much in the present life. */
  computeWastedBytes(wastedBytes: number): number {
    return this.#formerWastedBytes + wastedBytes;
  }
}
