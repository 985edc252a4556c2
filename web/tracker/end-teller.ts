import * as v from 'valibot';

import type { ShareId } from '../../shared/share/share-id.ts';
import type { EndMessage } from '../../shared/tracker/end.ts';
import { doneSchema } from '../../shared/tracker/refusal.ts';
import { askPatiently } from './ask-patiently.ts';

interface KnownEnd {
  readonly message: EndMessage;
  /** Some tracker has answered. */
  wasHeard: boolean;
  /** To be told no more than once. */
  isForgotten: boolean;
}

/** Tells every tracker that this page reaches when shares end, each time it is reached. */
export class EndTeller {
  readonly #send: (message: EndMessage) => Promise<unknown>;
  readonly #ends = new Map<ShareId, KnownEnd>();
  /** One after the other: a page may remember many, and a connection has its rate. */
  #telling: Promise<void> = Promise.resolve();

  /** `send` resolves with the answer, or undefined where none came. */
  constructor(send: (message: EndMessage) => Promise<unknown>) {
    this.#send = send;
  }

  tell(message: EndMessage): void {
    const end = { message, wasHeard: false, isForgotten: false };
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

  #queue(end: KnownEnd): void {
    const { message } = end;
    this.#telling = this.#telling.then(async () => {
      const answer = await askPatiently(async () => {
        // Meanwhile the sharer may have said otherwise.
        if (this.#ends.get(message.shareId) !== end) return undefined;
        const parsed = v.safeParse(doneSchema, await this.#send(message));
        return parsed.success ? parsed.output : undefined;
      });
      end.wasHeard ||= answer !== undefined;
      const isStale = end.isForgotten && end.wasHeard;
      if (isStale && this.#ends.get(message.shareId) === end) this.#ends.delete(message.shareId);
    });
  }
}
