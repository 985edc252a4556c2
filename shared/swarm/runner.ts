import type { Bytes } from '../share/bytes.ts';
import type { BlockDataMessage } from '../wire/messages.ts';
import type { PeerId, PieceRanges } from './ports/tracker-client.ts';
import type { Route } from './ports/transport.ts';
import type { RunnerOptions } from './runner-options.ts';
import type { SwarmEffect, SwarmEvent, SwarmOrder } from './swarm-events.ts';
import type { RunnerSnapshot } from './swarm-snapshot.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { AuditDesk } from './audit-desk.ts';
import { BlockSender } from './block-sender.ts';
import { Connector } from './connector.ts';
import { PieceAssembly } from './piece-assembly.ts';
import { PieceReader } from './piece-reader.ts';
import { computeRole } from './runner-options.ts';
import { StoreError } from './ports/piece-store.ts';
import { createSessionEvents } from './session-events.ts';
import { withRelays } from './relayed-transport.ts';
import { Swarm } from './swarm.ts';
import { TrackerDesk } from './tracker-desk.ts';

interface Task {
  readonly event: SwarmEvent;
  /** The block that the event speaks of. */
  readonly block?: BlockDataMessage;
}

/** Runs one share's engine over real ports, in a tab or in Node: feeds it events and carries out its effects. */
export class SwarmRunner {
  readonly #options: RunnerOptions;
  readonly #swarm: Swarm;
  readonly #assembly: PieceAssembly;
  readonly #reader: PieceReader;
  readonly #connector: Connector;
  readonly #sender: BlockSender;
  readonly #audits: AuditDesk;
  readonly #tracker: TrackerDesk;
  readonly #held: Bitfield;
  readonly #tasks: Task[] = [];
  #isWorking = false;
  #isStopped = false;
  #cancelWake: () => void = () => {};

  private constructor(options: RunnerOptions, held: Bitfield) {
    const { membership, store, seed } = options;
    const { geometry } = membership;
    const role = computeRole(options);
    this.#options = options;
    this.#held = held;
    this.#swarm = new Swarm({ geometry, held, role, seed, wanted: options.wanted });
    this.#assembly = new PieceAssembly(geometry);
    this.#reader = new PieceReader(store, geometry);
    const session = (peerId: PeerId) => this.#connector.session(peerId);
    this.#connector = new Connector({
      ...options,
      transport: withRelays(options.transport, () => this.#tracker.relays()),
      sendSignal: (to, sealed) => this.#tracker.signal(to, sealed),
      eventsFor: (peerId) =>
        createSessionEvents({
          peerId,
          bufferedBytes: () => session(peerId)?.bufferedBytes ?? 0,
          tell: (event, block) => this.#tell(event, block),
          onShown: (shown) => this.#audits.receive(peerId, shown),
          onFailure: options.events.onSessionFailure,
        }),
    });
    const read = (piece: number) => {
      const reading = this.#reader.read(piece);
      return reading instanceof Uint8Array ? reading : this.#orFail(reading);
    };
    const tell = (event: SwarmEvent) => this.#tell(event);
    this.#sender = new BlockSender({ geometry, session, read, tell });
    this.#audits = new AuditDesk({ session, read, tell });
    this.#tracker = new TrackerDesk({
      ...options,
      role,
      held,
      tell,
      report: options.events,
      events: {
        onWelcome: ({ peerId, iceServers, announceIntervalMs }) => {
          this.#connector.setIdentity(peerId, iceServers);
          this.#tell({ type: 'tracker-up', announceIntervalMs });
        },
        onDown: () => this.#tell({ type: 'tracker-down' }),
        onSignal: (from, sealed) => this.#connector.receive(from, sealed),
      },
    });
    const copies = options.target?.[0];
    if (role === 'sharer' && copies !== undefined) this.#tell({ type: 'copy-target', copies });
  }

  /** Reads what the store holds and joins the swarm. Rejects with StoreError. */
  static async start(options: RunnerOptions): Promise<SwarmRunner> {
    const stored = await options.store.held();
    return new SwarmRunner(options, Bitfield.of(options.membership.geometry.pieceCount, stored));
  }

  snapshot(): RunnerSnapshot {
    const { failedProofs } = this.#connector;
    return { ...this.#swarm.snapshot(this.#options.clock.nowMs()), failedProofs };
  }

  /** One byte a piece: see piece-states.ts. */
  pieceStates(): Bytes {
    return this.#swarm.pieceStates();
  }

  /** How what a peer sends gets here. Undefined while it is not known. */
  async findRoute(peerId: PeerId): Promise<Route | undefined> {
    return this.#connector.session(peerId)?.findRoute();
  }

  /** Another number after each change of what is held. */
  get heldChanges(): number {
    return this.#held.changes;
  }

  has(piece: number): boolean {
    return this.#held.has(piece);
  }

  /** The sealed piece, also while its write is under way; as stored for whoever opens it. Rejects with StoreError. */
  async read(piece: number, form: 'verified' | 'stored' = 'verified'): Promise<Bytes | undefined> {
    return form === 'stored' ? this.#reader.readUnverified(piece) : this.#reader.read(piece);
  }

  /** What the store has lost, as its keys or reading all of it tells, is fetched again. Its failure stops the runner. */
  async recheck(depth: 'keys' | 'bytes'): Promise<void> {
    const finding = this.#reader.findLost([...this.#held.pieces()], depth);
    for (const piece of (await this.#orFail(finding)) ?? [])
      this.#tell({ type: 'piece-lost', piece });
  }

  /** The store can give more than it could: the sharer chose the files again. */
  async reload(): Promise<void> {
    this.#tell({ type: 'pieces-gained', pieces: await this.#options.store.held() });
  }

  /** A volunteer's order: these pieces too, some of which may be held. */
  want(pieces: readonly number[]): void {
    this.#tell({ type: 'pieces-wanted', pieces });
  }

  /** What a person decides, or the page notices. */
  instruct(order: SwarmOrder): void {
    this.#tell(order);
  }

  /** These come before all others, in this order, wanted or not; none ends it. */
  setFocus(ranges: PieceRanges): void {
    this.#tell({ type: 'focus', ranges });
  }

  /** A volunteer makes room: the peers are told, then the store forgets them. A failing store stops the runner. */
  async drop(pieces: readonly number[]): Promise<void> {
    this.#tell({ type: 'pieces-dropped', pieces });
    await this.#orFail(this.#reader.forget(pieces));
  }

  /** The sharer asks for another number of copies, 0 to 5, in its own signed words. */
  setTarget(copies: number, statement: Bytes): void {
    this.#tracker.setTarget(statement);
    this.#tell({ type: 'copy-target', copies });
  }

  /** The share has ended: nobody new is let in, and those that are connected may finish. */
  closeDoor(): void {
    this.#tracker.leave();
    this.#connector.closeDoor();
    this.#tell({ type: 'tracker-down' });
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#tasks.length = 0;
    this.#cancelWake();
    this.#connector.closeAll();
    this.#tracker.leave();
  }

  /** One event at a time, each followed by all its effects: what an effect causes waits its turn. */
  #tell(event: SwarmEvent, block?: BlockDataMessage): void {
    if (this.#isStopped) return;
    this.#tasks.push(block === undefined ? { event } : { event, block });
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) {
        const effects = this.#swarm.handle(task.event, this.#options.clock.nowMs());
        for (const effect of effects) {
          // Somebody who was told of an effect may have stopped us.
          if (this.#isStopped) return;
          this.#carryOut(effect, task.block);
        }
      }
    } finally {
      this.#isWorking = false;
    }
  }

  #carryOut(effect: SwarmEffect, block: BlockDataMessage | undefined): void {
    switch (effect.type) {
      case 'find':
        void this.#tracker.find();
        return;
      case 'dial':
        if (this.#connector.dial(effect.peerId, effect.role)) return;
        this.#tell({ type: 'peer-disconnected', peerId: effect.peerId });
        return;
      case 'disconnect':
        this.#connector.close(effect.peerId);
        return;
      case 'send':
        this.#connector.session(effect.peerId)?.send(effect.message);
        return;
      case 'send-block':
        this.#sender.send(effect);
        return;
      case 'widen':
        this.#connector.session(effect.peerId)?.widen(effect.strands);
        return;
      case 'prepare-piece':
        this.#reader.prepare(effect.piece);
        return;
      case 'take-block':
        if (block !== undefined) this.#assembly.take(effect, block.bytes);
        return;
      case 'verify':
        void this.#verify(effect.peerId, effect.piece);
        return;
      case 'abandon':
        this.#assembly.abandon(effect.peerId, effect.piece);
        return;
      case 'announce':
        this.#tracker.announce();
        return;
      case 'announce-gained':
        this.#tracker.announceGained(effect.ranges);
        return;
      case 'show':
        this.#audits.show(effect);
        return;
      case 'audit':
        this.#audits.ask(effect);
        return;
      case 'distrust':
        void this.#distrust(effect.peerId);
        return;
      case 'completed':
        this.#options.events.onComplete();
        return;
      case 'wake':
        this.#wakeAt(effect.atMs);
        return;
    }
  }

  async #verify(peerId: PeerId, piece: number): Promise<void> {
    const sealed = this.#assembly.finish(peerId, piece);
    const isTrue =
      sealed !== undefined && (await this.#options.membership.verifyPiece(piece, sealed));
    if (this.#isStopped) return;
    if (!isTrue) {
      this.#tell({ type: 'piece-refused', peerId, piece });
      return;
    }
    const isNew = !this.#held.has(piece);
    if (isNew) this.#reader.hold(piece, sealed);
    this.#tell({ type: 'piece-verified', peerId, piece });
    if (!isNew) return;
    await this.#orFail(this.#options.store.put(piece, sealed));
    this.#reader.release(piece);
    this.#tell({ type: 'piece-stored', piece });
  }

  async #distrust(peerId: PeerId): Promise<void> {
    this.#tracker.distrust(peerId, await this.#options.signDistrust?.(peerId));
  }

  /** Undefined, and stopped, where the store failed. */
  async #orFail<Value>(work: Promise<Value>): Promise<Value | undefined> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (!this.#isStopped) {
        this.stop();
        this.#options.events.onStoreFailure(error);
      }
      return undefined;
    }
  }

  #wakeAt(atMs: number): void {
    this.#cancelWake();
    const delayMs = Math.max(0, atMs - this.#options.clock.nowMs());
    this.#cancelWake = this.#options.clock.schedule(delayMs, () => this.#tell({ type: 'tick' }));
  }
}
