import type { PeerId } from '../../shared/swarm/ports/tracker-client.ts';
import type { SwarmEffect, SwarmEvent } from '../../shared/swarm/swarm-events.ts';
import type { SwarmSnapshot } from '../../shared/swarm/swarm-snapshot.ts';
import type { SwarmMessage } from '../../shared/wire/messages.ts';
import type { Frame } from './frame.ts';
import type { HostPlan } from './scenario.ts';
import type { Agenda } from './lane.ts';
import type { Session } from './session.ts';
import type { SimulatedNetwork } from './simulated-network.ts';
import { Swarm } from '../../shared/swarm/swarm.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { computeBlockLayout } from '../../shared/wire/blocks.ts';
import { computeClaim, pickWords } from './host-claims.ts';
import { PageLife } from './page-life.ts';
import { PieceShelf } from './piece-shelf.ts';
import { isDownloader } from './scenario.ts';
import { carryOutAudit } from './simulated-audits.ts';
import { serveBlock } from './serve-block.ts';
import { SimulatedAccess } from './simulated-access.ts';

const READ_MS = 1;
const VERIFY_MS = 2;
const COMMIT_MS = 15;
const NEARLY_COMPLETE = 0.99;

/** One browser tab: the real engine, with everything that its effects ask for simulated. */
export class SimulatedHost {
  readonly index: number;
  readonly plan: HostPlan;
  readonly agenda: Agenda;
  readonly access: SimulatedAccess;
  /** Until then no write succeeds. */
  diskFullUntilMs = 0;
  readonly shelf: PieceShelf;
  readonly sessions = new Map<PeerId, Session>();
  readonly #network: SimulatedNetwork;
  readonly #dials = new Set<PeerId>();
  readonly #life: PageLife;
  #swarm: Swarm;
  #held: Bitfield;
  /** Browsers that sent it a false piece in this life. */
  readonly refused = new Set<string>();
  peerId: PeerId = '';
  joinedAtMs = Infinity;
  /** When it had 99 % of the pieces, and when all. */
  nearlyCompletedAtMs = Infinity;
  completedAtMs = Infinity;

  constructor(network: SimulatedNetwork, index: number, plan: HostPlan) {
    const { geometry } = network;
    this.#network = network;
    this.index = index;
    this.plan = plan;
    this.agenda = network.queue.createLane();
    this.access = new SimulatedAccess(this.agenda, plan);
    this.#life = new PageLife(this.agenda);
    const isFull = !isDownloader(plan);
    this.shelf = new PieceShelf(
      isFull ? Bitfield.full(geometry.pieceCount) : new Bitfield(geometry.pieceCount),
    );
    this.#held = Bitfield.of(geometry.pieceCount, this.shelf.stored.pieces());
    this.#swarm = this.#load();
  }

  get isOnline(): boolean {
    return this.#life.isOpen;
  }

  get isLiar(): boolean {
    return this.plan.role === 'liar';
  }

  /** What the engine claims to hold. */
  get held(): Bitfield {
    return this.#held;
  }

  get identity(): string {
    return `browser-${this.index}-${this.#life.number}`;
  }

  snapshot(): SwarmSnapshot {
    return this.#swarm.snapshot(this.agenda.nowMs);
  }

  /** Opens the page, with what the store had committed. */
  join(): void {
    if (this.isOnline) return;
    this.#life.begin();
    this.joinedAtMs = Math.min(this.joinedAtMs, this.agenda.nowMs);
    this.refused.clear();
    this.#swarm = this.#load();
    if (this.#held.isFull) this.completedAtMs = Math.min(this.completedAtMs, this.agenda.nowMs);
    this.meetTracker();
  }

  /** Closes the page. The others notice after a while. */
  leave(noticedAfterMs: number): void {
    if (!this.isOnline) return;
    for (const session of this.sessions.values()) {
      this.#network.close(session, noticedAfterMs);
    }
    this.#life.end();
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

  tell(event: SwarmEvent): void {
    if (this.isOnline) this.#step(event, true);
  }

  #step(event: SwarmEvent, isTrue: boolean): void {
    const effects = this.#network.handle(this.#swarm, event);
    for (const effect of effects) this.#carryOut(effect, isTrue);
    this.#network.onStep(this, event, effects);
  }

  open(session: Session): void {
    const { remotePeerId, remoteIdentity } = session;
    this.#dials.delete(remotePeerId);
    this.sessions.set(remotePeerId, session);
    this.tell({
      type: 'peer-connected',
      peerId: remotePeerId,
      identity: remoteIdentity,
      role: 'member',
    });
  }

  /** On an open session, so the page is there. */
  receive(peerId: PeerId, frame: Frame): void {
    if (frame.type === 'block') {
      const { piece, block, byteLength, isTrue } = frame;
      this.#step({ type: 'block', peerId, piece, block, byteLength }, isTrue);
    } else if (frame.type === 'shown') {
      this.tell({ ...frame, type: 'audit-answered', peerId });
    } else this.#step({ type: 'message', peerId, message: frame }, true);
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
    // A value that was altered still has its key.
    const claimed = [...this.shelf.stored.pieces(), ...this.shelf.unnoticed];
    this.#held = Bitfield.of(geometry.pieceCount, claimed);
    return new Swarm({
      geometry,
      held: this.#held,
      role: this.plan.role === 'sharer' ? 'sharer' : 'member',
      seed: random.below(2 ** 32),
    });
  }

  #carryOut(effect: SwarmEffect, isTrue: boolean): void {
    const { tracker } = this.#network;
    switch (effect.type) {
      case 'find':
        tracker.find(
          this,
          this.#life.guard((peers) => this.tell({ type: 'peers-found', peers })),
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
        this.#life.later(READ_MS, () => serveBlock(this, this.#network, effect));
        return;
      case 'audit':
      case 'show':
        this.#life.later(READ_MS, () => carryOutAudit(this, effect));
        return;
      case 'prepare-piece':
      case 'distrust':
        return;
      case 'take-block':
        this.shelf.take(effect.peerId, effect.piece, isTrue);
        return;
      case 'verify':
        this.#life.later(VERIFY_MS, () => this.#verify(effect.peerId, effect.piece));
        return;
      case 'abandon':
        this.shelf.abandon(effect.peerId, effect.piece);
        return;
      case 'announce':
        tracker.announce(this.peerId, computeClaim(this.plan.role, this.#held));
        return;
      case 'announce-gained':
        if (this.plan.role === 'free-rider') return;
        tracker.announceGained(
          this,
          effect.ranges,
          this.#life.guard(() => this.tell({ type: 'announce-refused' })),
        );
        return;
      case 'completed':
        this.#complete();
        return;
      case 'wake':
        this.#life.wakeAt(effect.atMs, () => this.tell({ type: 'tick' }));
        return;
    }
  }

  #disconnect(peerId: PeerId): void {
    this.#dials.delete(peerId);
    const session = this.sessions.get(peerId);
    if (session !== undefined) this.#network.close(session, 0);
  }

  #send(peerId: PeerId, engineMessage: SwarmMessage): void {
    const message = pickWords(this.plan.role, engineMessage);
    if (message === undefined) return;
    this.#network.messageCount += 1;
    this.sessions.get(peerId)?.channel.send(message);
  }

  #complete(): void {
    if (this.completedAtMs === Infinity) this.#network.onComplete(this);
    this.completedAtMs = Math.min(this.completedAtMs, this.agenda.nowMs);
    if (this.plan.lingersMs < Infinity) this.#life.later(this.plan.lingersMs, () => this.leave(0));
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
    if (this.#held.count === Math.ceil(this.#held.length * NEARLY_COMPLETE)) {
      this.nearlyCompletedAtMs = this.agenda.nowMs;
    }
    this.#life.later(COMMIT_MS, () => this.#commit(piece));
  }

  #commit(piece: number): void {
    if (this.agenda.nowMs < this.diskFullUntilMs) {
      // The page stops, and says why; once there is room again somebody opens it anew.
      this.leave(0);
      this.agenda.at(this.diskFullUntilMs, () => this.join());
      return;
    }
    this.shelf.commit(piece);
    this.tell({ type: 'piece-stored', piece });
  }
}
