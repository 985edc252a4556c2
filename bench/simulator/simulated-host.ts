import type { Bytes } from '../../shared/share/bytes.ts';
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
import { pickWords } from './host-claims.ts';
import { HostRecord } from './host-record.ts';
import { decodeSerial, encodeTarget } from './copy-words.ts';
import { PageLife } from './page-life.ts';
import { PieceShelf } from './piece-shelf.ts';
import { PieceWork } from './piece-work.ts';
import { computeSwarmRole, isDownloader, isLiar, isVolunteer } from './scenario.ts';
import { SimulatedAudits } from './simulated-audits.ts';
import { serveBlock } from './serve-block.ts';
import { SimulatedAccess } from './simulated-access.ts';
import { SimulatedKeeper } from './simulated-keeper.ts';
import { TrackerWords } from './tracker-words.ts';

const READ_MS = 1;

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
  readonly #audits = new SimulatedAudits(this);
  readonly words: TrackerWords;
  readonly pieces: PieceWork;
  /** The page's part of a volunteer. */
  readonly keeper: SimulatedKeeper | undefined;
  #target: Bytes | undefined;
  #swarm: Swarm;
  #held: Bitfield;
  /** Browsers that sent it a false piece in this life. */
  readonly refused = new Set<string>();
  readonly record = new HostRecord();
  peerId: PeerId = '';

  constructor(network: SimulatedNetwork, index: number, plan: HostPlan) {
    const { geometry } = network;
    this.#network = network;
    this.index = index;
    this.plan = plan;
    this.agenda = network.queue.createLane();
    this.access = new SimulatedAccess(this.agenda, plan);
    this.#life = new PageLife(this.agenda);
    this.words = new TrackerWords(this, network, this.#life);
    this.pieces = new PieceWork(this, network, this.#life);
    this.keeper = isVolunteer(plan) ? new SimulatedKeeper(this, network, this.#life) : undefined;
    const isFull = !isDownloader(plan) && !isVolunteer(plan);
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
    return isLiar(this.plan);
  }

  /** The sharer's word on how many copies it asks for, as this host knows it. */
  get target(): Bytes | undefined {
    return this.keeper?.target ?? this.#target;
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

  /** Over all lives of its page. */
  get wastedBytes(): number {
    return this.record.computeWastedBytes(this.snapshot().wastedBytes);
  }

  /** Opens the page, with what the store had committed. */
  join(): void {
    if (this.isOnline) return;
    this.#life.begin();
    this.record.joinedAtMs = Math.min(this.record.joinedAtMs, this.agenda.nowMs);
    this.#reload();
    if (this.#held.isFull) this.pieces.recordComplete();
    this.keeper?.load();
    const copies = this.target?.[0];
    if (this.plan.role === 'sharer' && copies !== undefined) this.askForCopies(copies);
    this.#network.onHoldings(this);
    this.meetTracker();
  }

  /** Closes the page. The others notice after a while, and so may the tracker. */
  leave(noticedAfterMs: number, trackerNoticesAfterMs = 0): void {
    if (!this.isOnline) return;
    for (const session of this.sessions.values()) {
      this.#network.close(session, noticedAfterMs);
    }
    this.#life.end();
    this.record.leftAtMs = this.agenda.nowMs;
    this.#dials.clear();
    this.shelf.crash();
    this.pieces.recordLosses();
    this.record.goneAtMs.set(this.peerId, this.agenda.nowMs + trackerNoticesAfterMs);
    this.#network.tracker.forget(this.peerId, trackerNoticesAfterMs);
    this.peerId = '';
    this.#network.onHoldings(this, noticedAfterMs);
  }

  loseTracker(): void {
    this.peerId = '';
    this.tell({ type: 'tracker-down' });
  }

  /** The sharer says how many copies it wants; each word of it counts more than the last. */
  askForCopies(copies: number): void {
    this.#target = encodeTarget(copies, decodeSerial(this.#target) + 1);
    this.tell({ type: 'copy-target', copies });
  }

  /** Connected to the tracker, under a new name. */
  meetTracker(): void {
    const { tracker } = this.#network;
    if (!this.isOnline || !tracker.isUp || this.peerId !== '') return;
    this.#network.rename(this, tracker.nextPeerId());
    this.keeper?.begin();
    if (this.keeper?.isActive !== false) this.enterSwarm();
  }

  enterSwarm(): void {
    const { announceIntervalMs } = this.#network.tracker;
    if (this.peerId !== '') this.tell({ type: 'tracker-up', announceIntervalMs });
  }

  /** A volunteer was released: it drops everything, and its page goes on without this share. */
  leaveSwarm(): void {
    for (const session of this.sessions.values()) this.#network.close(session, 0);
    this.#network.tracker.leave(this.peerId);
    this.#dials.clear();
    this.shelf.empty();
    this.#reload();
    this.#network.onHoldings(this);
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
    const { remotePeerId, remoteIdentity, remote } = session;
    this.#dials.delete(remotePeerId);
    this.sessions.set(remotePeerId, session);
    this.tell({
      type: 'peer-connected',
      peerId: remotePeerId,
      identity: remoteIdentity,
      role: isVolunteer(remote.plan) ? 'volunteer' : 'member',
    });
  }

  /** On an open session, so the page is there. */
  receive(peerId: PeerId, frame: Frame): void {
    if (frame.type === 'block') {
      const { piece, block, byteLength, isTrue } = frame;
      this.#step({ type: 'block', peerId, piece, block, byteLength }, isTrue);
    } else if (frame.type === 'shown') {
      const session = this.sessions.get(peerId);
      if (session !== undefined) this.#audits.receive(session, frame);
    } else this.#step({ type: 'message', peerId, message: frame }, true);
  }

  /** What was lost in silence comes to light, at the latest when the whole is saved. */
  reportLost(piece: number): void {
    this.shelf.unnoticed.delete(piece);
    this.tell({ type: 'piece-lost', piece });
  }

  #reload(): void {
    this.record.recordLife(this.#swarm.snapshot(this.agenda.nowMs).wastedBytes);
    this.refused.clear();
    this.#swarm = this.#load();
  }

  #load(): Swarm {
    const { geometry, random } = this.#network;
    // A value that was altered still has its key.
    const claimed = [...this.shelf.stored.pieces(), ...this.shelf.unnoticed];
    this.#held = Bitfield.of(geometry.pieceCount, claimed);
    return new Swarm({
      geometry,
      held: this.#held,
      role: computeSwarmRole(this.plan),
      seed: random.below(2 ** 32),
    });
  }

  #carryOut(effect: SwarmEffect, isTrue: boolean): void {
    switch (effect.type) {
      case 'find':
      case 'announce':
      case 'announce-gained':
      case 'distrust':
        this.words.carryOut(effect);
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
        this.#life.later(READ_MS, () => this.#audits.ask(effect));
        return;
      case 'show':
        this.#life.later(READ_MS, () => this.#audits.show(effect));
        return;
      case 'prepare-piece':
        return;
      case 'widen':
        this.#network.widen(this.sessions.get(effect.peerId), effect.strands);
        return;
      case 'take-block':
        this.shelf.take(effect.peerId, effect.piece, isTrue);
        return;
      case 'verify':
        this.pieces.verifySoon(effect.peerId, effect.piece);
        return;
      case 'abandon':
        this.shelf.abandon(effect.peerId, effect.piece);
        return;
      case 'completed':
        this.pieces.complete();
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
}
