import * as v from 'valibot';

import type { ShareId } from '../../shared/share/share-id.ts';
import type { EndMessage } from '../../shared/tracker/end.ts';
import type { Done, Refusal } from '../../shared/tracker/refusal.ts';
import { doneSchema } from '../../shared/tracker/refusal.ts';
import { askPatiently, waitFor } from './ask-patiently.ts';

/** A tracker that was too busy is told again so much later, each time after twice as long. */
const FIRST_PAUSE_MS = 15_000;
/** After half an hour to an hour in vain the next welcome is waited for. */
const MAX_TRIES = 8;

interface KnownEnd {
  readonly message: EndMessage;
  /** Some tracker has taken it, or refused it for what it is. */
  wasHeard: boolean;
  /** To be told no more than once. */
  isForgotten: boolean;
  /** How often it was to be told: where that was done anew, nothing is left of what was planned before. */
  tellings: number;
}

/** Tells every tracker that this page reaches when shares end, each time it is reached. */
export class EndTeller {
  readonly #send: (message: EndMessage) => Promise<unknown>;
  readonly #wait: (durationMs: number) => Promise<void>;
  readonly #random: () => number;
  readonly #ends = new Map<ShareId, KnownEnd>();
  /** One after the other: a page may remember many, and a connection has its rate. */
  #telling: Promise<void> = Promise.resolve();

  /** `send` resolves with the answer, or undefined where none came. */
  constructor(
    send: (message: EndMessage) => Promise<unknown>,
    wait: (durationMs: number) => Promise<void> = waitFor,
    random: () => number = Math.random,
  ) {
    this.#send = send;
    this.#wait = wait;
    this.#random = random;
  }

  tell(message: EndMessage): void {
    const end = { message, wasHeard: false, isForgotten: false, tellings: 0 };
    this.#ends.set(message.shareId, end);
    this.#queue(end);
  }

  tellAll(): void {
    for (const end of this.#ends.values()) this.#queue(end);
  }

  /** A person removed the share. What no tracker has heard yet is told once more: else it would not end. */
  forget(shareId: ShareId): void {
    const end = this.#ends.get(shareId);
    if (end === undefined) return;
    end.isForgotten = true;
    if (end.wasHeard) this.#ends.delete(shareId);
  }

  #queue(end: KnownEnd, tries = 1): void {
    end.tellings += 1;
    const { tellings } = end;
    this.#telling = this.#telling.then(async () => {
      const answer = await this.#ask(end);
      if (answer === undefined) return;
      if (isBusy(answer)) void this.#tellAgain(end, tellings, tries, answer.retryAfterMs);
      else this.#recordHeard(end);
    });
  }

  #ask(end: KnownEnd): Promise<Done | undefined> {
    const ask = async (): Promise<Done | undefined> => {
      if (!this.#isKnown(end)) return undefined;
      const parsed = v.safeParse(doneSchema, await this.#send(end.message));
      return parsed.success ? parsed.output : undefined;
    };
    return askPatiently(ask, this.#wait, this.#random);
  }

  async #tellAgain(
    end: KnownEnd,
    tellings: number,
    tries: number,
    retryAfterMs = 0,
  ): Promise<void> {
    if (tries >= MAX_TRIES) return;
    const pauseMs = FIRST_PAUSE_MS * 2 ** (tries - 1) * (1 + this.#random());
    await this.#wait(Math.max(pauseMs, retryAfterMs));
    if (this.#isKnown(end) && end.tellings === tellings) this.#queue(end, tries + 1);
  }

  #recordHeard(end: KnownEnd): void {
    end.wasHeard = true;
    if (end.isForgotten && this.#isKnown(end)) this.#ends.delete(end.message.shareId);
  }

  /** Meanwhile the sharer may have said otherwise. */
  #isKnown(end: KnownEnd): boolean {
    return this.#ends.get(end.message.shareId) === end;
  }
}

/** It says nothing of the end itself. */
function isBusy(answer: Done): answer is Refusal {
  return !answer.ok && (answer.code === 'rate-limited' || answer.code === 'unavailable');
}
