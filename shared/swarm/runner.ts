import type { Bytes } from '../share/bytes.ts';
import type { BlockDataMessage } from '../wire/messages.ts';
import type { Membership } from './membership.ts';
import type { SessionEvents, SessionFailure } from './peer-session.ts';
import type { Clock } from './ports/clock.ts';
import type { PieceStore } from './ports/piece-store.ts';
import type {
  AnnounceResult,
  FindResult,
  PeerId,
  TrackerClient,
  TrackerSession,
} from './ports/tracker-client.ts';
import type { Transport } from './ports/transport.ts';
import type { SwarmEffect, SwarmEvent } from './swarm-events.ts';
import type { RunnerSnapshot } from './swarm-snapshot.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { BlockSender } from './block-sender.ts';
import { Connector } from './connector.ts';
import { readKnownPeers } from './known-peers.ts';
import { PieceAssembly } from './piece-assembly.ts';
import { PieceReader } from './piece-reader.ts';
import { StoreError } from './ports/piece-store.ts';
import { withRelays } from './relayed-transport.ts';
import { Swarm } from './swarm.ts';

export interface RunnerOptions {
  readonly membership: Membership;
  readonly isSharer: boolean;
  /** Gives nothing that it has not verified. */
  readonly store: PieceStore;
  readonly tracker: TrackerClient;
  readonly transport: Transport;
  readonly clock: Clock;
  /** 32 random bits. */
  readonly seed: number;
  readonly events: RunnerEvents;
}

export interface RunnerEvents {
  /** Every piece is held and verified. */
  readonly onComplete: () => void;
  /** The store failed: the runner has stopped, and can be started anew when the cause is gone. */
  readonly onStoreFailure: (error: StoreError) => void;
  /** The tracker's answer about this share, each time it was asked. */
  readonly onFound?: (result: FindResult) => void;
  /** The tracker would not book us for this share; it is asked again. */
  readonly onAnnounceRefused?: (code: string) => void;
  /** A peer could not prove that it has the link. */
  readonly onSessionFailure?: (failure: SessionFailure) => void;
}

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
  readonly #tracker: TrackerSession;
  readonly #held: Bitfield;
  readonly #tasks: Task[] = [];
  #isWorking = false;
  #isStopped = false;
  #cancelWake: () => void = () => {};

  private constructor(options: RunnerOptions, held: Bitfield) {
    const { membership, isSharer, store, seed } = options;
    const { geometry, shareId } = membership;
    this.#options = options;
    this.#held = held;
    this.#swarm = new Swarm({ geometry, held, isSharer, seed });
    this.#assembly = new PieceAssembly(geometry);
    this.#reader = new PieceReader(store, geometry);
    this.#connector = new Connector({
      membership,
      transport: withRelays(options.transport, () => this.#tracker.relays()),
      clock: options.clock,
      sendSignal: (to, sealed) => this.#tracker.signal(to, sealed),
      eventsFor: (peerId) => this.#sessionEvents(peerId),
    });
    this.#sender = new BlockSender({
      geometry,
      session: (peerId) => this.#connector.session(peerId),
      read: (piece) => {
        const reading = this.#reader.read(piece);
        return reading instanceof Uint8Array ? reading : this.#orFail(reading);
      },
      tell: (event) => this.#tell(event),
    });
    this.#tracker = options.tracker.join(shareId, {
      onWelcome: ({ peerId, iceServers, announceIntervalMs }) => {
        this.#connector.setIdentity(peerId, iceServers);
        this.#tell({ type: 'tracker-up', announceIntervalMs });
      },
      onDown: () => this.#tell({ type: 'tracker-down' }),
      onSignal: (from, sealed) => this.#connector.receive(from, sealed),
    });
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

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#tasks.length = 0;
    this.#cancelWake();
    this.#connector.closeAll();
    this.#tracker.leave();
  }

  #sessionEvents(peerId: PeerId): Omit<SessionEvents, 'onSignal'> {
    return {
      onAuthenticated: (identity) => this.#tell({ type: 'peer-connected', peerId, identity }),
      onMessage: (message) => {
        if (message.type !== 'block') {
          this.#tell({ type: 'message', peerId, message });
          return;
        }
        const { piece, block, bytes } = message;
        const { byteLength } = bytes;
        this.#tell({ type: 'block', peerId, piece, block, byteLength }, message);
      },
      onDrain: () => {
        const bufferedBytes = this.#connector.session(peerId)?.bufferedBytes ?? 0;
        this.#tell({ type: 'drained', peerId, bufferedBytes });
      },
      onFailure: (failure) => {
        this.#options.events.onSessionFailure?.(failure);
        this.#tell({ type: 'peer-disconnected', peerId });
      },
    };
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
        void this.#find();
        return;
      case 'dial':
        if (this.#connector.dial(effect.peerId, 'member')) return;
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
      case 'prepare-piece':
        this.#reader.prepare(effect.piece);
        return;
      case 'take-block':
        if (block !== undefined) {
          this.#assembly.take(effect.peerId, effect.piece, effect.block, block.bytes);
        }
        return;
      case 'verify':
        void this.#verify(effect.peerId, effect.piece);
        return;
      case 'abandon':
        this.#assembly.abandon(effect.peerId, effect.piece);
        return;
      case 'announce': {
        const { header } = this.#options.membership;
        const role = this.#options.isSharer ? 'sharer' : 'member';
        const announcement = { header, bitfield: this.#held.toBytes(), role } as const;
        void this.#announce(this.#tracker.announce(announcement));
        return;
      }
      case 'announce-gained':
        void this.#announce(this.#tracker.announceGained(effect.ranges));
        return;
      case 'completed':
        this.#options.events.onComplete();
        return;
      case 'wake':
        this.#wakeAt(effect.atMs);
        return;
    }
  }

  async #announce(announcing: Promise<AnnounceResult>): Promise<void> {
    const result = await announcing;
    if (result.kind === 'announced') return;
    this.#tell({ type: 'announce-refused' });
    if (this.#isStopped || result.kind === 'unavailable') return;
    // After its restart the tracker only has to be told everything anew.
    if (result.code === 'not-announced' || result.code === 'rate-limited') return;
    this.#options.events.onAnnounceRefused?.(result.code);
  }

  async #find(): Promise<void> {
    const result = await this.#tracker.find();
    if (this.#isStopped) return;
    this.#options.events.onFound?.(result);
    if (result.kind !== 'found') return;
    const { pieceCount } = this.#options.membership.geometry;
    const peers = readKnownPeers(result.peers, pieceCount);
    this.#tell({ type: 'peers-found', peers });
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
