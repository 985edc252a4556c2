import type { Peer } from './peer.ts';
import type { PeerId } from './ports/tracker-client.ts';

/** Who is sending which piece, and whose copies are being verified. */
export class UnderWay {
  /** One peer a piece, two in the endgame or when the first is snubbed. */
  readonly sources = new Map<number, readonly Peer[]>();
  /** Complete and being verified: who sent each copy. */
  readonly verifying = new Map<number, readonly Peer[]>();

  has(piece: number): boolean {
    return this.sources.has(piece) || this.verifying.has(piece);
  }

  begin(piece: number, peer: Peer): void {
    add(this.sources, piece, peer);
  }

  end(piece: number, peer: Peer): void {
    remove(this.sources, piece, peer);
  }

  beginVerifying(piece: number, peer: Peer): void {
    add(this.verifying, piece, peer);
  }

  /** Returns who sent it, whether still connected or not. */
  endVerifying(piece: number, peerId: PeerId): Peer | undefined {
    const sender = this.verifying.get(piece)?.find((peer) => peer.peerId === peerId);
    if (sender !== undefined) remove(this.verifying, piece, sender);
    return sender;
  }
}

function add(peers: Map<number, readonly Peer[]>, piece: number, peer: Peer): void {
  peers.set(piece, [...(peers.get(piece) ?? []), peer]);
}

function remove(peers: Map<number, readonly Peer[]>, piece: number, peer: Peer): void {
  const rest = (peers.get(piece) ?? []).filter((other) => other !== peer);
  if (rest.length > 0) peers.set(piece, rest);
  else peers.delete(piece);
}
