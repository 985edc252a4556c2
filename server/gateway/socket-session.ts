import type { Log } from '../log.ts';
import type { CountedEvent, Limit, Tally } from '../metrics/tally.ts';
import type { Awaitable } from '../registry/registry.ts';
import type { AddressLimits } from './address-limits.ts';
import {
  BUSY_DELAY_MS,
  MAX_UNKNOWN_EVENTS,
  MAX_WAITING_MESSAGES,
  MESSAGE_RATE,
  OVERRUN_RATE,
  SIGNAL_RATE,
} from './gateway-limits.ts';
import type { Answer, Handler, Sender } from './handlers.ts';
import { refuse } from './refuse.ts';
import { SerialQueue } from './serial-queue.ts';
import { TokenBucket } from '../../shared/tracker/token-bucket.ts';

/** What all sessions share. */
export interface SessionServices {
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly addressLimits: AddressLimits;
  readonly nowMs: () => number;
  readonly log: Log;
  readonly tally: Tally;
}

/** The connection of one session. */
export interface SessionLine {
  readonly address: string;
  /** Takes in nothing more of what has come. */
  readonly disconnect: () => void;
  /** Resolves when little enough waits to be read there; undefined where that is so already. */
  readonly whenRead: () => Promise<void> | undefined;
}

type Acknowledge = (answer: Answer) => void;

/** One connection: takes its messages in turn, within its rates, and answers with values, never with an error's text. */
export class SocketSession implements Sender {
  readonly peerId: string;
  isOpen = true;
  readonly #services: SessionServices;
  readonly #line: SessionLine;
  readonly #queue: SerialQueue;
  // Most connections never come near a limit: a bucket that nothing was taken from is not there.
  #messages: TokenBucket | undefined;
  #signals: TokenBucket | undefined;
  #overruns: TokenBucket | undefined;
  #unknownEvents = 0;

  constructor(peerId: string, line: SessionLine, services: SessionServices) {
    this.peerId = peerId;
    this.#line = line;
    this.#services = services;
    this.#queue = new SerialQueue((error) => {
      services.log.error('a task of a connection failed', error);
    });
  }

  get address(): string {
    return this.#line.address;
  }

  /** Takes in one event as Socket.IO hands it over: payloads, then the acknowledgement where one was asked for. */
  receive(event: string, args: readonly unknown[]): void {
    if (!this.isOpen) return;
    const { handlers, tally } = this.#services;
    const last = args.at(-1);
    const acknowledge = isCallback(last) ? last : undefined;
    const payloadCount = acknowledge === undefined ? args.length : args.length - 1;
    tally.recordMessage(isCounted(event) ? event : 'unknown');
    const delayMs = this.#takeToken(event);
    if (delayMs > 0) {
      this.#answer(acknowledge, refuse('rate-limited', delayMs));
      return;
    }
    const handler = handlers.get(event);
    if (handler === undefined) {
      this.#recordUnknownEvent();
      this.#answer(acknowledge, refuse('invalid'));
    } else if (payloadCount !== 1) {
      this.#answer(acknowledge, refuse('invalid'));
    } else {
      this.#queue.add(() => this.#handle(handler, args[0], acknowledge));
    }
  }

  /** Runs after everything received before, so that nothing outlives the connection. */
  close(forget: () => Awaitable<void>): void {
    this.isOpen = false;
    this.#queue.add(forget);
  }

  #handle(
    handler: Handler,
    payload: unknown,
    acknowledge: Acknowledge | undefined,
  ): Awaitable<void> {
    if (!this.isOpen) return undefined;
    const fail = (error: unknown): void => {
      this.#services.log.error('a handler failed', error);
      this.#answer(acknowledge, refuse('unavailable'));
    };
    try {
      const answer = handler(this, payload);
      if (answer instanceof Promise) return this.#answerLater(acknowledge, answer).catch(fail);
      this.#answer(acknowledge, answer);
      return this.#line.whenRead();
    } catch (error) {
      return fail(error);
    }
  }

  async #answerLater(acknowledge: Acknowledge | undefined, answer: Promise<Answer>): Promise<void> {
    this.#answer(acknowledge, await answer);
    await this.#line.whenRead();
  }

  #answer(acknowledge: Acknowledge | undefined, answer: Answer): void {
    if (!answer.ok) this.#services.tally.recordRefusal(answer.code);
    acknowledge?.(answer);
  }

  /** Milliseconds to wait; 0 where the message may be handled now. */
  #takeToken(event: string): number {
    const nowMs = this.#services.nowMs();
    if (this.#queue.length >= MAX_WAITING_MESSAGES) {
      this.#recordOverrun('waiting-messages', nowMs);
      return BUSY_DELAY_MS;
    }
    const isSignal = event === 'signal';
    const delayMs = isSignal
      ? (this.#signals ??= new TokenBucket(SIGNAL_RATE, nowMs)).take(nowMs)
      : (this.#messages ??= new TokenBucket(MESSAGE_RATE, nowMs)).take(nowMs);
    if (delayMs > 0) this.#recordOverrun(isSignal ? 'signals' : 'messages', nowMs);
    return delayMs;
  }

  #recordOverrun(limit: Limit, nowMs: number): void {
    this.#services.tally.recordLimit(limit);
    this.#overruns ??= new TokenBucket(OVERRUN_RATE, nowMs);
    const isWithin = this.#services.addressLimits.takeOverrun(this.address);
    if (this.#overruns.take(nowMs) > 0 || !isWithin) this.#disconnect('overruns');
  }

  #recordUnknownEvent(): void {
    this.#unknownEvents += 1;
    if (this.#unknownEvents >= MAX_UNKNOWN_EVENTS) this.#disconnect('unknown-events');
  }

  #disconnect(limit: Limit): void {
    this.#services.tally.recordLimit(limit);
    this.#services.log.debug(`closed a connection that went beyond a limit: ${limit}`);
    this.#line.disconnect();
  }
}

const COUNTED_EVENTS: ReadonlySet<string> = new Set<CountedEvent>([
  'announce',
  'find',
  'signal',
  'relay',
  'leave',
  'volunteer',
  'unload',
  'decline',
  'distrust',
  'end',
]);

function isCounted(event: string): event is CountedEvent {
  return COUNTED_EVENTS.has(event);
}

function isCallback(value: unknown): value is Acknowledge {
  return typeof value === 'function';
}
