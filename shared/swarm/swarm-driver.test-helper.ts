import type { Geometry } from '../share/geometry.ts';
import type { PeerRole, SwarmMessage } from '../wire/messages.ts';
import type { PeerId, PieceRanges, SwarmRole } from './ports/tracker-client.ts';
import type { SwarmEffect, SwarmEvent } from './swarm-events.ts';
import type { SwarmContext } from './swarm-context.ts';
import type { SwarmSnapshot } from './swarm-snapshot.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { computeBlockLayout, computeBlockLength } from '../wire/blocks.ts';
import { Focus } from './focus.ts';
import { PiecePicker } from './piece-picker.ts';
import { createRandom } from './random.ts';
import { Swarm } from './swarm.ts';

const KIB = 1024;

/** So many equal pieces; 64 KiB ones are two blocks each. */
export function createGeometry(pieceCount: number, pieceSize = 64 * KIB): Geometry {
  return { pieceCount, pieceSize, streamLength: pieceCount * pieceSize };
}

/** What the parts of an engine share, without the engine: effects are kept for the test to read. */
export function createContext(
  geometry: Geometry,
  held: Bitfield,
): { readonly context: SwarmContext; readonly effects: SwarmEffect[] } {
  const effects: SwarmEffect[] = [];
  const random = createRandom(1);
  const missing = Array.from({ length: geometry.pieceCount }, (_, piece) => piece).filter(
    (piece) => !held.has(piece),
  );
  const context: SwarmContext = {
    geometry,
    role: 'member',
    held,
    wanted: Bitfield.full(geometry.pieceCount),
    focus: new Focus(held),
    peers: new Map(),
    picker: new PiecePicker(geometry.pieceCount, missing, random),
    random,
    emit: (effect) => effects.push(effect),
    drop: (peer, reason) => {
      context.peers.delete(peer.peerId);
      effects.push({ type: 'disconnect', peerId: peer.peerId, reason });
    },
  };
  return { context, effects };
}

export interface DriverOptions {
  readonly pieceCount?: number;
  readonly pieceSize?: number;
  /** Pieces held to begin with; none by default. */
  readonly held?: readonly number[];
  readonly role?: SwarmRole;
  /** What a member wants to begin with; all by default. */
  readonly wanted?: PieceRanges;
}

/** One engine under a test's hand: the test is its host. */
export class SwarmDriver {
  readonly geometry: Geometry;
  readonly held: Bitfield;
  readonly swarm: Swarm;
  /** Everything the engine ever asked for. */
  readonly effects: SwarmEffect[] = [];
  nowMs = 0;

  constructor({
    pieceCount = 4,
    pieceSize,
    held = [],
    role = 'member',
    wanted,
  }: DriverOptions = {}) {
    this.geometry = createGeometry(pieceCount, pieceSize);
    this.held = Bitfield.of(pieceCount, held);
    this.swarm = new Swarm({ geometry: this.geometry, held: this.held, role, seed: 1, wanted });
  }

  tell(event: SwarmEvent): readonly SwarmEffect[] {
    const effects = this.swarm.handle(event, this.nowMs);
    this.effects.push(...effects);
    return effects;
  }

  /** Connects a peer that claims these pieces. */
  connect(
    peerId: PeerId,
    pieces: readonly number[],
    identity = `${peerId}-identity`,
    role: PeerRole = 'member',
  ): void {
    this.tell({ type: 'peer-connected', peerId, identity, role });
    const bitfield = Bitfield.of(this.geometry.pieceCount, pieces).toBytes();
    this.hear(peerId, { type: 'bitfield', bitfield });
  }

  hear(peerId: PeerId, message: SwarmMessage): readonly SwarmEffect[] {
    return this.tell({ type: 'message', peerId, message });
  }

  tick(afterMs: number): readonly SwarmEffect[] {
    this.nowMs += afterMs;
    return this.tell({ type: 'tick' });
  }

  /** Delivers a block at its proper length. */
  block(peerId: PeerId, piece: number, block: number): readonly SwarmEffect[] {
    const byteLength = computeBlockLength(computeBlockLayout(this.geometry, piece), block);
    return this.tell({ type: 'block', peerId, piece, block, byteLength });
  }

  /** Delivers every block of a piece. */
  piece(peerId: PeerId, piece: number): readonly SwarmEffect[] {
    const { blockCount } = computeBlockLayout(this.geometry, piece);
    return Array.from({ length: blockCount }, (_, block) =>
      this.block(peerId, piece, block),
    ).flat();
  }

  /** Blocks asked of a peer since ever, as `piece/block`. */
  requestsTo(peerId: PeerId): readonly string[] {
    return this.effects.flatMap((effect) =>
      effect.type === 'send' && effect.peerId === peerId && effect.message.type === 'request'
        ? [`${effect.message.piece}/${effect.message.block}`]
        : [],
    );
  }

  get snapshot(): SwarmSnapshot {
    return this.swarm.snapshot(this.nowMs);
  }

  get peerIds(): readonly PeerId[] {
    return this.snapshot.peers.map((peer) => peer.peerId);
  }
}

/** Why each peer was disconnected. */
export function disconnectsIn(effects: readonly SwarmEffect[]): readonly string[] {
  return effects.flatMap((effect) =>
    effect.type === 'disconnect' ? [`${effect.peerId} ${effect.reason}`] : [],
  );
}

/** Blocks that are to be sent to one peer. */
export function blocksTo(
  peerId: PeerId,
  effects: readonly SwarmEffect[],
): readonly Extract<SwarmEffect, { type: 'send-block' }>[] {
  return effects
    .filter((effect) => effect.type === 'send-block')
    .filter((block) => block.peerId === peerId);
}

/** Messages sent to one peer. */
export function messagesTo(
  peerId: PeerId,
  effects: readonly SwarmEffect[],
): readonly SwarmMessage[] {
  return effects.flatMap((effect) =>
    effect.type === 'send' && effect.peerId === peerId ? [effect.message] : [],
  );
}
