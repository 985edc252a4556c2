import * as v from 'valibot';

import type { ShareId } from '../../shared/share/share-id.ts';
import type {
  Drop,
  VolunteerEvents,
  VolunteerLine,
} from '../../shared/swarm/ports/tracker-client.ts';
import { doneSchema } from '../../shared/tracker/refusal.ts';
import { releaseSchema, replicateSchema } from '../../shared/tracker/replicate.ts';
import { unloadAnswerSchema } from '../../shared/tracker/unload.ts';
import { askPatiently } from './ask-patiently.ts';
import type { TrackerLine } from './tracker-line.ts';

/** What a volunteer and its tracker say of room and orders, and only what has the right form. */
export class VolunteerSession implements VolunteerLine {
  readonly #line: TrackerLine;
  readonly #events: VolunteerEvents;
  readonly #onWithdraw: () => void;
  #hasWithdrawn = false;

  constructor(line: TrackerLine, events: VolunteerEvents, onWithdraw: () => void) {
    this.#line = line;
    this.#events = events;
    this.#onWithdraw = onWithdraw;
  }

  async offer(freeBytes: number, heldBytes: number): Promise<boolean> {
    const answer = await askPatiently(async () => {
      // An offer after the withdrawal would bring orders that nobody carries out.
      if (this.#hasWithdrawn) return undefined;
      const parsed = v.safeParse(doneSchema, await this.#line.volunteer({ freeBytes, heldBytes }));
      return parsed.success ? parsed.output : undefined;
    });
    return answer?.ok === true;
  }

  async unload(bytes: number): Promise<readonly Drop[] | undefined> {
    const answer = await askPatiently(async () => {
      if (this.#hasWithdrawn) return undefined;
      const parsed = v.safeParse(unloadAnswerSchema, await this.#line.unload({ bytes }));
      return parsed.success ? parsed.output : undefined;
    });
    return answer?.ok === true ? answer.drops : undefined;
  }

  decline(shareId: ShareId): void {
    if (!this.#hasWithdrawn) this.#line.decline({ shareId });
  }

  withdraw(): void {
    if (this.#hasWithdrawn) return;
    this.#hasWithdrawn = true;
    void this.#line.volunteer({ withdraw: true });
    this.#onWithdraw();
  }

  handleWelcome(): void {
    if (!this.#hasWithdrawn) this.#events.onWelcome();
  }

  handleDown(): void {
    this.#events.onDown();
  }

  handleReplicate(message: unknown): void {
    const parsed = v.safeParse(replicateSchema, message);
    if (parsed.success) this.#events.onReplicate(parsed.output);
  }

  handleRelease(message: unknown): void {
    const parsed = v.safeParse(releaseSchema, message);
    if (parsed.success) this.#events.onRelease(parsed.output.shareId);
  }
}
