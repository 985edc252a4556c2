import type {
  Connection,
  Fingerprints,
  IceServer,
  Route,
  Signal,
  Transport,
} from './ports/transport.ts';
import type { TrackerSession } from './ports/tracker-client.ts';

/**
 * Connects through relays as well. While the tracker has yet to answer which, a connection takes in what it is told, and
 * begins when the answer is there.
 */
export function withRelays(transport: Transport, relays: TrackerSession['relays']): Transport {
  return {
    connect: (end, iceServers, events) => {
      const connect = (known: readonly IceServer[]): Connection =>
        transport.connect(end, [...iceServers, ...known], events);
      const known = relays();
      return known instanceof Promise ? new LaterConnection(known, connect) : connect(known);
    },
  };
}

class LaterConnection implements Connection {
  /** What the other end said so far; the connector lets through no more than one dial may bring. */
  readonly #early: Signal[] = [];
  #connection: Connection | undefined;
  #isClosed = false;

  constructor(
    relays: Promise<readonly IceServer[]>,
    connect: (relays: readonly IceServer[]) => Connection,
  ) {
    void relays.then((known) => {
      if (this.#isClosed) return;
      this.#connection = connect(known);
      for (const signal of this.#early) this.#connection.signal(signal);
    });
  }

  get bufferedBytes(): number {
    return this.#connection?.bufferedBytes ?? 0;
  }

  signal(signal: Signal): void {
    if (this.#connection === undefined) this.#early.push(signal);
    else this.#connection.signal(signal);
  }

  send(...frame: Parameters<Connection['send']>): void {
    this.#connection?.send(...frame);
  }

  fingerprints(): Fingerprints {
    return this.#connection?.fingerprints() ?? { local: [], remote: [] };
  }

  async findRoute(): Promise<Route | undefined> {
    return this.#connection?.findRoute?.();
  }

  close(): void {
    this.#isClosed = true;
    this.#connection?.close();
  }
}
