import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { Route } from '../../shared/swarm/ports/transport.ts';

/** A connection may change to another pair of addresses, but seldom does. */
const KNOWN_FOR_MS = 15_000;
const UNKNOWN_FOR_MS = 2_000;

interface Asked {
  readonly atMs: number;
  readonly route: Route | undefined;
}

/** How the connected peers are reached, asked seldom and for those alone whom somebody looks at. */
export class PeerRoutes {
  readonly #asked = new Map<PeerId, Asked>();
  readonly #find: (peerId: PeerId) => Promise<Route | undefined>;

  constructor(find: (peerId: PeerId) => Promise<Route | undefined>) {
    this.#find = find;
  }

  /** As far as it is known by now. */
  route(peerId: PeerId): Route | undefined {
    return this.#asked.get(peerId)?.route;
  }

  /** Asks for those that are connected, where it is time to, and forgets the others. */
  refresh(connected: readonly PeerId[], nowMs: number): void {
    for (const peerId of this.#asked.keys()) {
      if (!connected.includes(peerId)) this.#asked.delete(peerId);
    }
    for (const peerId of connected) {
      const { atMs = -Infinity, route } = this.#asked.get(peerId) ?? {};
      const holdsMs = route === undefined ? UNKNOWN_FOR_MS : KNOWN_FOR_MS;
      if (nowMs - atMs < holdsMs) continue;
      void this.#ask(peerId, nowMs);
    }
  }

  async #ask(peerId: PeerId, atMs: number): Promise<void> {
    const asked = { atMs, route: this.#asked.get(peerId)?.route };
    this.#asked.set(peerId, asked);
    const route = await this.#find(peerId);
    if (this.#asked.get(peerId) === asked) this.#asked.set(peerId, { atMs, route });
  }
}
