import type { CopyPlanner, Order } from '../copies/copy-planner.ts';
import type { Log } from '../log.ts';

export const ROUND_MS = 500;
/** Several losses at once make one plan. */
export const URGENT_MS = 50;

/** Has copies planned again and again, and soon after some were lost. */
export class CopyClock {
  readonly #planner: CopyPlanner;
  readonly #nowMs: () => number;
  readonly #deliver: (order: Order) => void;
  readonly #log: Log;
  readonly #rounds: NodeJS.Timeout;
  #urgent: NodeJS.Timeout | undefined;

  constructor(
    planner: CopyPlanner,
    nowMs: () => number,
    deliver: (order: Order) => void,
    log: Log,
  ) {
    this.#planner = planner;
    this.#nowMs = nowMs;
    this.#deliver = deliver;
    this.#log = log;
    this.#rounds = setInterval(() => this.#plan(), ROUND_MS).unref();
    planner.onUrgent = () => {
      this.#urgent ??= setTimeout(() => this.#plan(), URGENT_MS).unref();
    };
  }

  stop(): void {
    this.#planner.onUrgent = () => {};
    clearInterval(this.#rounds);
    clearTimeout(this.#urgent);
  }

  #plan(): void {
    clearTimeout(this.#urgent);
    this.#urgent = undefined;
    try {
      for (const order of this.#planner.plan(this.#nowMs())) this.#deliver(order);
    } catch (error) {
      this.#log.error('could not plan copies', error);
    }
  }
}
