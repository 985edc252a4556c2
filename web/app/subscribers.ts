import type { Clock } from '../../shared/swarm/ports/clock.ts';

const FRAME_MS = 16;

/** Tells whoever listens that something changed, many changes at once and at most once a frame. */
export class Subscribers {
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;
  #isScheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#clock.schedule(FRAME_MS, () => {
      this.#isScheduled = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
