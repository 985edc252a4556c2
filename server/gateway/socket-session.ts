import type { Log } from '../log.ts';
import type { CountedEvent, Limit, Tally } from '../metrics/tally.ts';
import {
  MAX_UNKNOWN_EVENTS,
  MAX_WAITING_MESSAGES,
  MESSAGE_RATE,
  OVERRUN_RATE,
  SIGNAL_RATE,
} from './gateway-limits.ts';
import type { Answer, Handler, Sender } from './handlers.ts';
import { refuse } from './handlers.ts';
import { SerialQueue } from './serial-queue.ts';
import { TokenBucket } from './token-bucket.ts';

export interface SocketSessionOptions {
  readonly peerId: string;
  readonly address: string;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly nowMs: () => number;
  readonly log: Log;
  readonly tally: Tally;
  readonly disconnect: () => void;
}

/** One connection: takes its messages in turn, within its rates, and answers with values, never with an error's text. */
export class SocketSession implements Sender {
  readonly peerId: string;
  readonly address: string;
  isOpen = true;
  readonly #options: SocketSessionOptions;
  readonly #queue: SerialQueue;
  readonly #messages: TokenBucket;
  readonly #signals: TokenBucket;
  readonly #overruns: TokenBucket;
  #unknownEvents = 0;

  constructor(options: SocketSessionOptions) {
    const nowMs = options.nowMs();
    this.#options = options;
    this.peerId = options.peerId;
    this.address = options.address;
    this.#messages = new TokenBucket(MESSAGE_RATE, nowMs);
    this.#signals = new TokenBucket(SIGNAL_RATE, nowMs);
    this.#overruns = new TokenBucket(OVERRUN_RATE, nowMs);
    this.#queue = new SerialQueue((error) => {
      options.log.error('a task of a connection failed', error);
    });
  }

  /** Takes in one event as Socket.IO hands it over: payloads, then the acknowledgement where one was asked for. */
  receive(event: string, args: readonly unknown[]): void {
    if (!this.isOpen) return;
    const acknowledge = args.at(-1);
    const hasAnswer = isCallback(acknowledge);
    const payloads = hasAnswer ? args.slice(0, -1) : args;
    const answer = this.#counted(hasAnswer ? acknowledge : ignoreAnswer);
    this.#options.tally.recordMessage(isCounted(event) ? event : 'unknown');
    const delayMs = this.#takeToken(event);
    if (delayMs > 0) {
      answer(refuse('rate-limited', delayMs));
      return;
    }
    const handler = this.#options.handlers.get(event);
    if (handler === undefined) {
      this.#recordUnknownEvent();
      answer(refuse('invalid'));
    } else if (payloads.length !== 1) {
      answer(refuse('invalid'));
    } else {
      this.#queue.add(() => this.#handle(handler, payloads[0], answer));
    }
  }

  /** Runs after everything received before, so that nothing outlives the connection. */
  close(forget: () => Promise<void>): void {
    this.isOpen = false;
    this.#queue.add(forget);
  }

  async #handle(
    handler: Handler,
    payload: unknown,
    answer: (answer: Answer) => void,
  ): Promise<void> {
    if (!this.isOpen) return;
    try {
      answer(await handler(this, payload));
    } catch (error) {
      this.#options.log.error('a handler failed', error);
      answer(refuse('unavailable'));
    }
  }

  #counted(answer: (answer: Answer) => void): (answer: Answer) => void {
    return (value) => {
      if (!value.ok) this.#options.tally.recordRefusal(value.code);
      answer(value);
    };
  }

  /** Milliseconds to wait; 0 where the message may be handled now. */
  #takeToken(event: string): number {
    const nowMs = this.#options.nowMs();
    const [bucket, limit]: [TokenBucket, Limit] =
      event === 'signal' ? [this.#signals, 'signals'] : [this.#messages, 'messages'];
    const isBusy = this.#queue.length >= MAX_WAITING_MESSAGES;
    const delayMs = isBusy ? BUSY_DELAY_MS : bucket.take(nowMs);
    if (delayMs === 0) return 0;
    this.#options.tally.recordLimit(isBusy ? 'waiting-messages' : limit);
    if (this.#overruns.take(nowMs) > 0) this.#disconnect('overruns');
    return delayMs;
  }

  #recordUnknownEvent(): void {
    this.#unknownEvents += 1;
    if (this.#unknownEvents >= MAX_UNKNOWN_EVENTS) this.#disconnect('unknown-events');
  }

  #disconnect(limit: Limit): void {
    this.#options.tally.recordLimit(limit);
    this.#options.log.debug(`closed a connection that went beyond a limit: ${limit}`);
    this.#options.disconnect();
  }
}

const BUSY_DELAY_MS = 1000;

function isCounted(event: string): event is CountedEvent {
  return ['announce', 'find', 'signal', 'relay', 'leave'].includes(event);
}

function isCallback(value: unknown): value is (answer: Answer) => void {
  return typeof value === 'function';
}

function ignoreAnswer(): void {}
