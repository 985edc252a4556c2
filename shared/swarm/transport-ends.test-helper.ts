import type { Bytes } from '../share/bytes.ts';
import type { Connection, ConnectionEvents, Signal, Transport } from './ports/transport.ts';

/** Where the cases run: in Node over memory, in a page over WebRTC. */
export interface TransportHost {
  /** Another tab, as it were: each with its own certificate. */
  readonly createTransport: () => Promise<Transport>;
  /** Resolves when nothing more is going to happen by itself. */
  readonly settle: () => Promise<void>;
}

type EventName = 'signal' | 'open' | 'frame' | 'drain' | 'close';

/** One end, with a log of what happened at it. */
export class TestEnd {
  readonly connection: Connection;
  readonly log: EventName[] = [];
  readonly frames: Bytes[] = [];
  bufferedAtDrain = Infinity;
  #waiting: (() => void)[] = [];
  readonly #early: Signal[] = [];
  #onSignal: ((signal: Signal) => void) | undefined;

  constructor(
    transport: Transport,
    end: 'initiator' | 'responder',
    onEvent: () => void = () => {},
  ) {
    const record = (name: EventName) => {
      onEvent();
      this.log.push(name);
      for (const look of this.#waiting.splice(0)) look();
    };
    const events: ConnectionEvents = {
      onSignal: (signal) => {
        if (this.#onSignal === undefined) this.#early.push(signal);
        else this.#onSignal(signal);
        record('signal');
      },
      onOpen: () => record('open'),
      onFrame: (frame) => {
        this.frames.push(frame);
        record('frame');
      },
      onDrain: () => {
        this.bufferedAtDrain = Math.min(this.bufferedAtDrain, this.connection.bufferedBytes);
        record('drain');
      },
      onClose: () => record('close'),
    };
    this.connection = transport.connect(end, [], events);
  }

  get isOpen(): boolean {
    return this.log.includes('open');
  }

  set onSignal(listener: (signal: Signal) => void) {
    this.#onSignal = listener;
    for (const signal of this.#early.splice(0)) listener(signal);
  }

  count(name: EventName): number {
    return this.log.filter((logged) => logged === name).length;
  }

  /** Looks again after each event at this end. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

export async function createPair(host: TransportHost): Promise<[TestEnd, TestEnd]> {
  return [
    new TestEnd(await host.createTransport(), 'initiator'),
    new TestEnd(await host.createTransport(), 'responder'),
  ];
}

export async function openPair(host: TransportHost): Promise<[TestEnd, TestEnd]> {
  const [a, b] = await createPair(host);
  join(a, b);
  await Promise.all([a.until(() => a.isOpen), b.until(() => b.isOpen)]);
  return [a, b];
}

export function join(a: TestEnd, b: TestEnd): void {
  a.onSignal = (signal) => b.connection.signal(signal);
  b.onSignal = (signal) => a.connection.signal(signal);
}

export function closeAll(...ends: readonly TestEnd[]): void {
  for (const { connection } of ends) connection.close();
}
