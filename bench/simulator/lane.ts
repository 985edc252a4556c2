import type { Receiver } from './event-pool.ts';

/** Virtual time, and what is to happen when. What is due at the same time happens in the order asked for. */
export interface Agenda {
  readonly nowMs: number;
  after: (delayMs: number, run: () => void) => void;
  at: (atMs: number, run: () => void) => void;
  /** What is due often is handed to something that is there anyway. */
  handAt: <Payload>(atMs: number, receiver: Receiver<Payload>, payload: Payload) => void;
}

interface Lanes {
  readonly nowMs: number;
  enter: (lane: number, atMs: number, receiver: Receiver<unknown>, payload: unknown) => void;
}

const CALL: Receiver<unknown> = {
  handle: (run) => {
    if (typeof run === 'function') run();
  },
};

/** The agenda of one among many. */
export class Lane implements Agenda {
  readonly #lanes: Lanes;
  readonly #lane: number;

  constructor(lanes: Lanes, lane: number) {
    this.#lanes = lanes;
    this.#lane = lane;
  }

  get nowMs(): number {
    return this.#lanes.nowMs;
  }

  after(delayMs: number, run: () => void): void {
    this.at(this.nowMs + delayMs, run);
  }

  at(atMs: number, run: () => void): void {
    this.#lanes.enter(this.#lane, atMs, CALL, run);
  }

  handAt<Payload>(atMs: number, receiver: Receiver<Payload>, payload: Payload): void {
    this.#lanes.enter(this.#lane, atMs, receiver, payload);
  }
}
