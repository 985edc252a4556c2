import type { Peer } from './peer.ts';
import type { PeerId } from './ports/tracker-client.ts';
import type { SwarmContext } from './swarm-context.ts';
import { MAX_HAVE_PIECES } from '../wire/messages.ts';
import { MAX_UNTOLD_MS } from './limits.ts';

/**
 * Tells neighbours what we hold: who lacks the piece at once, and with it, or soon, what they hold as well. A frame for
 * every piece and neighbour would take a twentieth of an uplink in a crowd.
 */
export class HaveDesk {
  readonly #context: SwarmContext;
  #toldAtMs = 0;

  constructor(context: SwarmContext) {
    this.#context = context;
  }

  /** `from` sent the piece, and may be waiting to hear that it came. */
  tellVerified(piece: number, from: PeerId): void {
    for (const peer of this.#context.peers.values()) {
      this.#add(peer, piece);
      if (peer.peerId === from || !peer.bitfield.has(piece)) this.#tell(peer);
    }
  }

  tellGained(pieces: readonly number[]): void {
    for (const peer of this.#context.peers.values()) {
      for (const piece of pieces) this.#add(peer, piece);
    }
    this.tellAll();
  }

  tellLost(piece: number): void {
    for (const { peerId, untold } of this.#context.peers.values()) {
      const index = untold.indexOf(piece);
      if (index !== -1) untold.splice(index, 1);
      this.#context.emit({ type: 'send', peerId, message: { type: 'lost', piece } });
    }
  }

  tellAll(): void {
    for (const peer of this.#context.peers.values()) this.#tell(peer);
  }

  tick(nowMs: number): void {
    if (nowMs < this.#toldAtMs + MAX_UNTOLD_MS) return;
    this.#toldAtMs = nowMs;
    this.tellAll();
  }

  #add(peer: Peer, piece: number): void {
    peer.untold.push(piece);
    if (peer.untold.length === MAX_HAVE_PIECES) this.#tell(peer);
  }

  #tell({ peerId, untold }: Peer): void {
    if (untold.length === 0) return;
    const message = { type: 'have' as const, pieces: untold.splice(0) };
    this.#context.emit({ type: 'send', peerId, message });
  }
}
