import * as v from 'valibot';

import type { IceServer } from '../../shared/swarm/ports/transport.ts';
import type { RelayAnswer } from '../../shared/tracker/relay.ts';
import { relayAnswerSchema } from '../../shared/tracker/relay.ts';

/** Asked for anew when this part of its time is over: a dial begun just before the end must not fail. */
const FRESH_PART = 0.9;
/** Before a tracker is asked again that refused without saying when to. */
const REFUSED_PAUSE_MS = 10_000;

interface Lasting {
  readonly fromMs: number;
  readonly forMs: number;
}

/**
 * The use of the tracker's TURN server, for all shares of a page: asked for when it is first needed and before it ends.
 * Where the tracker refuses there is none, and the page goes on without.
 */
export class RelayKeeper {
  readonly #nowMs: () => number;
  /** Whether the tracker says that it has one to give. */
  isOffered = false;
  #grant: (Lasting & { readonly server: IceServer }) | undefined;
  #refusal: Lasting | undefined;
  #asking: Promise<readonly IceServer[]> | undefined;

  /** `nowMs` goes on while the computer sleeps, as the time of day does. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The servers for a connection made now. `ask` gives the tracker's answer unparsed, undefined where none came. */
  relays(ask: () => Promise<unknown>): readonly IceServer[] | Promise<readonly IceServer[]> {
    const usable = this.#usable();
    const isEnough = this.#grant !== undefined && this.#isOn(this.#grant, FRESH_PART);
    const mayAsk = this.isOffered && !(this.#refusal && this.#isOn(this.#refusal));
    if (isEnough || !mayAsk) return usable;
    this.#asking ??= this.#ask(ask);
    return usable.length > 0 ? usable : this.#asking;
  }

  async #ask(ask: () => Promise<unknown>): Promise<readonly IceServer[]> {
    const parsed = v.safeParse(relayAnswerSchema, await ask());
    this.#asking = undefined;
    this.#record(parsed.success ? parsed.output : undefined);
    return this.#usable();
  }

  #record(answer: RelayAnswer | undefined): void {
    const fromMs = this.#nowMs();
    if (answer?.ok === true) {
      const { urls, username, credential, validForMs } = answer;
      this.#grant = { fromMs, forMs: validForMs, server: { urls, username, credential } };
    } else {
      this.#refusal = { fromMs, forMs: answer?.retryAfterMs ?? REFUSED_PAUSE_MS };
    }
  }

  #usable(): readonly IceServer[] {
    return this.#grant !== undefined && this.#isOn(this.#grant) ? [this.#grant.server] : [];
  }

  /** Not for something of the future either: the clock was set back, and nobody knows how long it has been. */
  #isOn({ fromMs, forMs }: Lasting, part = 1): boolean {
    const ageMs = this.#nowMs() - fromMs;
    return ageMs >= 0 && ageMs < forMs * part;
  }
}
