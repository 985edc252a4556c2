import type { Post } from './memory-connection.ts';
import type { Clock } from './ports/clock.ts';
import type { Connection, ConnectionEvents, IceServer, Transport } from './ports/transport.ts';
import { MemoryConnection } from './memory-connection.ts';

/** One process as a network: its transports reach each other, as tabs do, through signals alone. */
export class MemoryNetwork {
  readonly #connections = new Map<string, MemoryConnection>();
  readonly #post: Post;
  #transportCount = 0;

  /** `post` is everybody's unless a transport has its own: at once, in microtasks, unless given. */
  constructor(post: Post = postMicrotask) {
    this.#post = post;
  }

  createTransport(post: Post = this.#post): MemoryTransport {
    this.#transportCount += 1;
    return new MemoryTransport(this.#connections, post, this.#transportCount);
  }
}

/** What one tab has: a certificate, and connections to others. */
export class MemoryTransport implements Transport {
  readonly fingerprint: string;
  readonly post: Post;
  readonly connections: Map<string, MemoryConnection>;
  readonly #own = new Set<MemoryConnection>();
  readonly #number: number;
  #connectionCount = 0;
  /** While false, no new connection of this transport comes about. */
  isReachable = true;
  /** A send that makes a queue longer closes the connection, as it does in Chromium. */
  maxBufferedBytes = 16 * 1024 * 1024;

  constructor(connections: Map<string, MemoryConnection>, post: Post, number: number) {
    this.connections = connections;
    this.post = post;
    this.#number = number;
    const digits = number.toString(16).toUpperCase().padStart(64, '0');
    this.fingerprint = `sha-256 ${digits.replaceAll(/..(?=.)/g, '$&:')}`;
  }

  /** Connections that are not closed. */
  get liveCount(): number {
    return this.#own.size;
  }

  /** Connections that were ever begun. */
  get connectionCount(): number {
    return this.#connectionCount;
  }

  connect(
    end: 'initiator' | 'responder',
    _iceServers: readonly IceServer[],
    events: ConnectionEvents,
  ): Connection {
    this.#connectionCount += 1;
    const name = `${this.#number}.${this.#connectionCount}`;
    const connection = new MemoryConnection(this, name, end, events, () =>
      this.#own.delete(connection),
    );
    this.#own.add(connection);
    return connection;
  }

  /** The network fails: every connection ends, at both ends. */
  cut(): void {
    for (const connection of this.#own) connection.fail();
  }
}

/** Sends at a given rate: each frame arrives when the bytes before it and its own have gone through. */
export function createRatedPost(clock: Clock, bytesPerSecond: number): Post {
  let freeAtMs = 0;
  return (action, byteLength) => {
    const nowMs = clock.nowMs();
    freeAtMs = Math.max(freeAtMs, nowMs) + (byteLength / bytesPerSecond) * 1000;
    clock.schedule(freeAtMs - nowMs, action);
  };
}

function postMicrotask(action: () => void): void {
  void Promise.resolve().then(action);
}
