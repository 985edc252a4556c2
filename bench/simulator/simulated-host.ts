import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { BlockName, SwarmEffect, SwarmEvent } from '../../shared/swarm/swarm-events.ts';
import type { SwarmSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { SwarmMessage } from '../../shared/wire/messages.ts';
import type { HostPlan } from './scenario.ts';
import type { Frame, SimulatedChannel } from './simulated-link.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import { Swarm } from '../../shared/swarm/swarm.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { computeBlockLayout, computeBlockLength } from '../../shared/wire/blocks.ts';
import { PieceShelf } from './piece-shelf.ts';
import { SimulatedUplink } from './simulated-link.ts';

const READ_MS = 1;
const VERIFY_MS = 2;
const COMMIT_MS = 15;
const CONTROL_FRAME_BYTES = 16;

/** One end of a connection. */
export interface Session {
  readonly host: SimulatedHost;
  readonly remote: SimulatedHost;
  /** Under which name this end knows the other. */
  readonly remotePeerId: PeerId;
  /** Which browser is there, as its certificate tells. */
  readonly remoteIdentity: string;
  readonly channel: SimulatedChannel;
  /** The other end's view. */
  twin: Session | undefined;
  isOpen: boolean;
}

/** One browser tab: the real engine, with everything that its effects ask for simulated. */
export class SimulatedHost {
  readonly index: number;
  readonly plan: HostPlan;
  readonly uplink: SimulatedUplink;
  readonly shelf: PieceShelf;
  readonly sessions = new Map<PeerId, Session>();
  readonly #network: SimulatedNetwork;
  readonly #dials = new Set<PeerId>();
  #swarm: Swarm;
  #held: Bitfield;
  /** Counts page loads: what was begun in a former one is void. */
  #life = 0;
  #wakeCount = 0;
  isOnline = false;
  /** Browsers that sent it a false piece in this life. */
  readonly refused = new Set<string>();
  peerId: PeerId = '';
  completedAtMs = Infinity;

  constructor(network: SimulatedNetwork, index: number, plan: HostPlan) {
    const { geometry } = network;
    this.#network = network;
    this.index = index;
    this.plan = plan;
    this.uplink = new SimulatedUplink(network.queue, plan.uplinkBytesPerSecond);
    const isFull = plan.role !== 'leecher';
    this.shelf = new PieceShelf(
      isFull ? Bitfield.full(geometry.pieceCount) : new Bitfield(geometry.pieceCount),
    );
    this.#held = Bitfield.of(geometry.pieceCount, this.shelf.stored.pieces());
    this.#swarm = this.#load();
  }

  get isLiar(): boolean {
    return this.plan.role === 'liar';
  }

  /** What the engine claims to hold. */
  get held(): Bitfield {
    return this.#held;
  }

  get identity(): string {
    return `browser-${this.index}-${this.#life}`;
  }

  snapshot(): SwarmSnapshot {
    return this.#swarm.snapshot(this.#network.queue.nowMs);
  }

  /** Opens the page, with what the store had committed. */
  join(): void {
    if (this.isOnline) return;
    this.#life += 1;
    this.isOnline = true;
    this.refused.clear();
    this.#swarm = this.#load();
    if (this.#held.isFull) this.completedAtMs = this.#network.queue.nowMs;
    this.meetTracker();
  }

  /** Closes the page. The others notice after a while. */
  leave(noticedAfterMs: number): void {
    for (const session of this.sessions.values()) {
      this.#network.close(session, noticedAfterMs);
    }
    this.isOnline = false;
    this.#dials.clear();
    this.shelf.crash();
    this.#network.tracker.forget(this.peerId);
    this.peerId = '';
  }

  loseTracker(): void {
    this.peerId = '';
    this.tell({ type: 'tracker-down' });
  }

  /** Connected to the tracker, under a new name. */
  meetTracker(): void {
    const { tracker } = this.#network;
    if (!this.isOnline || !tracker.isUp || this.peerId !== '') return;
    this.#network.rename(this, tracker.nextPeerId());
    this.tell({ type: 'tracker-up', announceIntervalMs: tracker.announceIntervalMs });
  }

  /** Whether a dial of that peer is under way and still wanted. */
  isDialing(peerId: PeerId): boolean {
    return this.#dials.has(peerId);
  }

  tell(event: SwarmEvent, isTrue = true): void {
    if (!this.isOnline) return;
    const effects = this.#swarm.handle(event, this.#network.queue.nowMs);
    for (const effect of effects) this.#carryOut(effect, isTrue);
    this.#network.onStep(this, event, effects);
  }

  open(session: Session): void {
    const { remotePeerId, remoteIdentity } = session;
    this.#dials.delete(remotePeerId);
    this.sessions.set(remotePeerId, session);
    this.tell({ type: 'peer-connected', peerId: remotePeerId, identity: remoteIdentity });
  }

  receive(peerId: PeerId, frame: Frame): void {
    if (frame.kind === 'message') {
      this.tell({ type: 'message', peerId, message: frame.message });
    } else {
      const { piece, block, byteLength, isTrue } = frame;
      this.tell({ type: 'block', peerId, piece, block, byteLength }, isTrue);
    }
  }

  losePiece(piece: number, isSilent: boolean): void {
    this.shelf.lose(piece);
    if (!isSilent) this.reportLost(piece);
  }

  /** What was lost in silence comes to light, at the latest when the whole is saved. */
  reportLost(piece: number): void {
    this.shelf.unnoticed.delete(piece);
    this.tell({ type: 'piece-lost', piece });
  }

  /** The sharer chooses the files again. */
  regain(): void {
    const pieces = [...Bitfield.full(this.#held.length).piecesMissingFrom(this.shelf.stored)];
    for (const piece of pieces) this.shelf.stored.add(piece);
    this.tell({ type: 'pieces-gained', pieces });
  }

  #load(): Swarm {
    const { geometry, random } = this.#network;
    this.#held = Bitfield.of(geometry.pieceCount, this.shelf.stored.pieces());
    return new Swarm({
      geometry,
      held: this.#held,
      isSharer: this.plan.role === 'sharer',
      seed: random.below(2 ** 32),
    });
  }

  #carryOut(effect: SwarmEffect, isTrue: boolean): void {
    const { tracker } = this.#network;
    switch (effect.type) {
      case 'find':
        tracker.find(
          this.peerId,
          this.#inThisLife((peers) => this.tell({ type: 'peers-found', peers })),
        );
        return;
      case 'dial':
        this.#dials.add(effect.peerId);
        this.#network.dial(this, effect.peerId);
        return;
      case 'disconnect':
        this.#disconnect(effect.peerId);
        return;
      case 'send':
        this.#send(effect.peerId, effect.message);
        return;
      case 'send-block':
        this.#later(READ_MS, () => this.#sendBlock(effect));
        return;
      case 'prepare-piece':
        return;
      case 'take-block':
        this.shelf.take(effect.peerId, effect.piece, isTrue);
        return;
      case 'verify':
        this.#later(VERIFY_MS, () => this.#verify(effect.peerId, effect.piece));
        return;
      case 'abandon':
        this.shelf.abandon(effect.peerId, effect.piece);
        return;
      case 'announce':
        tracker.announce(this.peerId, this.#held);
        return;
      case 'announce-gained':
        tracker.announceGained(
          this.peerId,
          effect.ranges,
          this.#inThisLife(() => this.tell({ type: 'announce-refused' })),
        );
        return;
      case 'completed':
        this.completedAtMs = this.#network.queue.nowMs;
        return;
      case 'wake':
        this.#wakeAt(effect.atMs);
        return;
    }
  }

  #disconnect(peerId: PeerId): void {
    this.#dials.delete(peerId);
    const session = this.sessions.get(peerId);
    if (session !== undefined) this.#network.close(session, 0);
  }

  #send(peerId: PeerId, message: SwarmMessage): void {
    const byteLength =
      message.type === 'bitfield' ? message.bitfield.byteLength : CONTROL_FRAME_BYTES;
    this.sessions.get(peerId)?.channel.send({ kind: 'message', message, byteLength });
  }

  #sendBlock({ peerId, piece, block }: BlockName): void {
    const session = this.sessions.get(peerId);
    if (session === undefined) return;
    const name = { peerId, piece, block };
    if (!this.shelf.has(piece)) {
      this.tell({ type: 'block-unsent', ...name });
      this.reportLost(piece);
      return;
    }
    const layout = computeBlockLayout(this.#network.geometry, piece);
    const byteLength = computeBlockLength(layout, block);
    session.channel.send({ kind: 'block', piece, block, byteLength, isTrue: !this.isLiar });
    const { bufferedBytes } = session.channel;
    this.tell({ type: 'block-sent', ...name, byteLength, bufferedBytes });
  }

  #verify(peerId: PeerId, piece: number): void {
    const { blockCount } = computeBlockLayout(this.#network.geometry, piece);
    if (!this.shelf.verify(peerId, piece, blockCount)) {
      this.tell({ type: 'piece-refused', peerId, piece });
      return;
    }
    const isNew = !this.#held.has(piece);
    if (isNew) this.shelf.hold(piece);
    this.tell({ type: 'piece-verified', peerId, piece });
    if (!isNew) return;
    this.#later(COMMIT_MS, () => {
      this.shelf.commit(piece);
      this.tell({ type: 'piece-stored', piece });
    });
  }

  #wakeAt(atMs: number): void {
    this.#wakeCount += 1;
    const wake = this.#wakeCount;
    this.#network.queue.at(
      atMs,
      this.#inThisLife(() => {
        if (wake === this.#wakeCount) this.tell({ type: 'tick' });
      }),
    );
  }

  #later(delayMs: number, run: () => void): void {
    this.#network.queue.after(delayMs, this.#inThisLife(run));
  }

  #inThisLife<Arguments extends readonly unknown[]>(
    run: (...values: Arguments) => void,
  ): (...values: Arguments) => void {
    const life = this.#life;
    return (...values) => {
      if (this.isOnline && life === this.#life) run(...values);
    };
  }
}
