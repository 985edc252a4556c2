import * as v from 'valibot';

import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import { DIAL_TIMEOUT_MS } from '../../shared/swarm/limits.ts';
import { doneSchema } from '../../shared/tracker/refusal.ts';
import { waitFor } from './ask-patiently.ts';

/** In a row, for one peer. */
const MAX_REFUSALS = 8;
/** For one peer. It takes no more of one dial. */
const MAX_WAITING = 64;

interface Waiting {
  readonly send: () => Promise<unknown>;
  /** Nobody waits for it any longer than that. */
  readonly untilMs: number;
}

/**
 * Sends signals again that the tracker had no room for, as long as their dial may last (T16). Those to one peer go one
 * after the other from then on, and those to other peers do not wait for them.
 */
export class SignalOutbox {
  readonly #nowMs: () => number;
  readonly #wait: (ms: number) => Promise<void>;
  readonly #random: () => number;
  readonly #queues = new Map<PeerId, Waiting[]>();

  /** `nowMs` comes from a clock that never goes back. */
  constructor(
    nowMs: () => number,
    wait: (ms: number) => Promise<void> = waitFor,
    random: () => number = Math.random,
  ) {
    this.#nowMs = nowMs;
    this.#wait = wait;
    this.#random = random;
  }

  /** `send` resolves with the tracker's answer, or undefined where none came. */
  post(to: PeerId, send: () => Promise<unknown>): void {
    const signal = { send, untilMs: this.#nowMs() + DIAL_TIMEOUT_MS };
    const queue = this.#queues.get(to);
    if (queue === undefined) void this.#sendFirst(to, signal);
    else addTo(queue, signal);
  }

  async #sendFirst(to: PeerId, signal: Waiting): Promise<void> {
    const delayMs = readDelayMs(await signal.send());
    if (delayMs === undefined) return;
    const known = this.#queues.get(to);
    if (known !== undefined) {
      addTo(known, signal);
      return;
    }
    const queue = [signal];
    this.#queues.set(to, queue);
    await this.#drain(queue, delayMs);
    this.#queues.delete(to);
  }

  /** The delay is when the next signal may come, and several may be waiting: so it doubles. */
  async #drain(queue: Waiting[], firstDelayMs: number): Promise<void> {
    let delayMs: number | undefined = firstDelayMs;
    let refusals = 1;
    while (queue.length > 0) {
      if (delayMs !== undefined) {
        const pauseMs: number = delayMs * 2 ** (refusals - 1) * (1 + this.#random() / 2);
        const isTooLate = this.#nowMs() + pauseMs > (queue.at(-1)?.untilMs ?? 0);
        if (refusals > MAX_REFUSALS || isTooLate) return;
        await this.#wait(pauseMs);
      }
      const [signal] = queue;
      if (signal === undefined) return;
      delayMs = this.#nowMs() > signal.untilMs ? undefined : readDelayMs(await signal.send());
      if (delayMs === undefined) queue.shift();
      refusals = delayMs === undefined ? 0 : refusals + 1;
    }
  }
}

function addTo(queue: Waiting[], signal: Waiting): void {
  if (queue.length < MAX_WAITING) queue.push(signal);
}

/** Undefined where the same signal would not be taken later either, or was taken. */
function readDelayMs(answer: unknown): number | undefined {
  const parsed = v.safeParse(doneSchema, answer);
  if (!parsed.success || parsed.output.ok) return undefined;
  const { code, retryAfterMs } = parsed.output;
  return code === 'rate-limited' ? retryAfterMs : undefined;
}
