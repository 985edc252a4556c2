import type { Accuser } from '../../server/copies/distrust-book.ts';
import type { Replication } from '../../server/copies/replication.ts';
import type { Part } from '../../server/registry/part.ts';
import type { VerifiedHeader } from '../../server/registry/registry.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { Geometry } from '../../shared/share/geometry.ts';
import type { PieceRanges } from '../../shared/swarm/ports/tracker-client.ts';
import type { Random } from '../../shared/swarm/random.ts';
import type { KnownPeer } from '../../shared/swarm/swarm-events.ts';
import type { Bitfield } from '../../shared/wire/bitfield.ts';
import type { Agenda } from './lane.ts';
import type { VolunteerEars } from './simulated-copy-desk.ts';
import { MemoryRegistry } from '../../server/registry/memory-registry.ts';
import { REGISTRY_LIMITS } from '../../server/registry/registry-limits.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { readKnownPeers } from '../../shared/swarm/known-peers.ts';
import { ANNOUNCE_INTERVAL_MS } from '../../shared/tracker/limits.ts';
import { createBareHeader } from './bare-header.ts';
import { SimulatedCopyDesk } from './simulated-copy-desk.ts';

const SHARE_ID = formatShareId(new Uint8Array(16));
export const TRACKER_DELAY_MS = 20;
/** The engine is to be seen in larger swarms than one tracker takes. */
const LIMITS = { ...REGISTRY_LIMITS, peersPerSwarm: 65_535 };

/** Who is answered. */
interface Asker {
  readonly agenda: Agenda;
  readonly peerId: string;
}

/** What a peer says of itself, besides its name. */
export interface Announced {
  readonly bits: Bytes;
  readonly part: Part;
  readonly target: Bytes | undefined;
}

/** The real books behind a delay, and a server that can be down. What it is sent while it is down is lost. */
export class SimulatedTracker {
  readonly #agenda: Agenda;
  readonly #random: Random;
  readonly #header: VerifiedHeader;
  #registry: MemoryRegistry;
  #desk: SimulatedCopyDesk;
  #nameCount = 0;
  #isUp = true;
  readonly announceIntervalMs = ANNOUNCE_INTERVAL_MS;

  constructor(agenda: Agenda, geometry: Geometry, random: Random) {
    this.#agenda = agenda;
    this.#random = random;
    this.#header = { bytes: createBareHeader(geometry), pieceCount: geometry.pieceCount };
    this.#registry = this.#openBooks();
    this.#desk = this.#openDesk();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** The side of it that plans copies, since it was started last. */
  get desk(): SimulatedCopyDesk {
    return this.#desk;
  }

  nextPeerId(): string {
    this.#nameCount += 1;
    return `peer-${this.#nameCount}`;
  }

  stop(): void {
    this.#isUp = false;
    this.#desk.isClosed = true;
  }

  /** Knows nothing of before. */
  start(): void {
    this.#isUp = true;
    this.#registry = this.#openBooks();
    this.#desk = this.#openDesk();
  }

  announce({ agenda, peerId }: Asker, announced: Announced, onRefused: () => void): void {
    const { bits, part, target } = announced;
    this.#receive((nowMs) => {
      const header = this.#header;
      const outcome = this.#registry.announce(peerId, SHARE_ID, header, bits, nowMs, part);
      if (outcome === 'announced') this.#desk.recordAnnounced(peerId, part, target);
      else agenda.after(TRACKER_DELAY_MS, onRefused);
    });
  }

  announceGained({ agenda, peerId }: Asker, ranges: PieceRanges, onRefused: () => void): void {
    this.#receive((nowMs) => {
      const outcome = this.#registry.gain(peerId, SHARE_ID, ranges, nowMs);
      if (outcome !== 'announced') agenda.after(TRACKER_DELAY_MS, onRefused);
    });
  }

  find({ agenda, peerId }: Asker, onFound: (peers: readonly KnownPeer[]) => void): void {
    this.#receive(() => {
      const found = this.#registry.find(peerId, SHARE_ID)?.peers ?? [];
      const peers = readKnownPeers(found, this.#header.pieceCount);
      agenda.after(TRACKER_DELAY_MS, () => onFound(peers));
    });
  }

  leave(peerId: string): void {
    this.#receive(() => this.#registry.leave(peerId, SHARE_ID));
  }

  /** The connection is gone, which the tracker may notice late. */
  forget(peerId: string, noticedAfterMs = 0): void {
    this.#receive(() => {
      this.#desk.forget(peerId);
      this.#registry.forget(peerId);
    }, noticedAfterMs);
  }

  offer(
    { agenda, peerId }: Asker,
    bytes: { readonly free: number; readonly held: number },
    ears: VolunteerEars,
  ): void {
    const later = (run: () => void): void => agenda.after(TRACKER_DELAY_MS, run);
    this.#receive(() => {
      this.#desk.listen(peerId, {
        onReplicate: (order) => later(() => ears.onReplicate(order)),
        onRelease: () => later(ears.onRelease),
      });
      this.#desk.offer(peerId, bytes);
    });
  }

  unload({ agenda, peerId }: Asker, bytes: number, onDrops: (drops: PieceRanges) => void): void {
    this.#receive(() => {
      const drops = this.#desk.unload(peerId, bytes);
      agenda.after(TRACKER_DELAY_MS, () => onDrops(drops));
    });
  }

  decline(peerId: string): void {
    this.#receive(() => this.#desk.decline(peerId));
  }

  distrust(accuser: Accuser, peerId: string): void {
    this.#receive(() => {
      const isMember = this.#registry.isInSwarm(accuser.peerId, SHARE_ID);
      if (isMember) this.#desk.distrust(accuser, peerId);
    });
  }

  /** How many peers hold each piece, by the books. */
  availability(): readonly number[] {
    const { pieceCount } = this.#header;
    return this.#registry.availabilityOf(SHARE_ID) ?? Array.from({ length: pieceCount }, () => 0);
  }

  /** By the books; undefined where they know nothing of this peer. */
  bookedOf(peerId: string): Bitfield | undefined {
    return this.#registry.bitfieldOf(peerId, SHARE_ID);
  }

  get bookedPeers(): readonly string[] {
    return this.#registry.peersOf(SHARE_ID);
  }

  /** Undefined where nobody asks for copies. */
  get replication(): Replication | undefined {
    return this.#registry.copies.replicationOf(SHARE_ID);
  }

  get peerCount(): number {
    return this.#registry.counts().holdings;
  }

  #receive(handle: (nowMs: number) => void, afterMs = 0): void {
    const registry = this.#registry;
    this.#agenda.after(TRACKER_DELAY_MS + afterMs, () => {
      if (this.#isUp && registry === this.#registry) handle(this.#agenda.nowMs);
    });
  }

  #openBooks(): MemoryRegistry {
    return new MemoryRegistry(LIMITS, () => this.#random.below(2 ** 30) / 2 ** 30);
  }

  #openDesk(): SimulatedCopyDesk {
    return new SimulatedCopyDesk(this.#agenda, this.#registry.copies, SHARE_ID);
  }
}
