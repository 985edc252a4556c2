import type { Random } from '../../shared/swarm/random.ts';
import type { KnownPeer } from '../../shared/swarm/swarm-events.ts';
import type { Agenda } from './lane.ts';
import { MemoryRegistry } from '../../server/registry/memory-registry.ts';
import { REGISTRY_LIMITS } from '../../server/registry/registry-limits.ts';
import { utf8 } from '../../shared/share/bytes.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { ANNOUNCE_INTERVAL_MS } from '../../shared/tracker/limits.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';

const SHARE_ID = formatShareId(new Uint8Array(16));
export const TRACKER_DELAY_MS = 20;
/** The engine is to be seen in larger swarms than one tracker takes. */
const LIMITS = { ...REGISTRY_LIMITS, peersPerSwarm: 65_535 };

/** Who is answered. */
interface Asker {
  readonly agenda: Agenda;
  readonly peerId: string;
}

/** The real books behind a delay, and a server that can be down. What it is sent while it is down is lost. */
export class SimulatedTracker {
  readonly #agenda: Agenda;
  readonly #random: Random;
  readonly #pieceCount: number;
  #registry: MemoryRegistry;
  #nameCount = 0;
  #isUp = true;
  readonly announceIntervalMs = ANNOUNCE_INTERVAL_MS;

  constructor(agenda: Agenda, pieceCount: number, random: Random) {
    this.#agenda = agenda;
    this.#random = random;
    this.#pieceCount = pieceCount;
    this.#registry = this.#openBooks();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  nextPeerId(): string {
    this.#nameCount += 1;
    return `peer-${this.#nameCount}`;
  }

  stop(): void {
    this.#isUp = false;
  }

  /** Knows nothing of before. */
  start(): void {
    this.#isUp = true;
    this.#registry = this.#openBooks();
  }

  announce(peerId: string, bitfield: Bitfield): void {
    const header = { bytes: utf8('header'), pieceCount: this.#pieceCount };
    const bits = bitfield.toBytes();
    this.#receive((nowMs) => this.#registry.announce(peerId, SHARE_ID, header, bits, nowMs));
  }

  announceGained(
    { agenda, peerId }: Asker,
    ranges: readonly (readonly [number, number])[],
    onRefused: () => void,
  ): void {
    this.#receive((nowMs) => {
      const outcome = this.#registry.gain(peerId, SHARE_ID, ranges, nowMs);
      if (outcome !== 'announced') agenda.after(TRACKER_DELAY_MS, onRefused);
    });
  }

  find({ agenda, peerId }: Asker, onFound: (peers: readonly KnownPeer[]) => void): void {
    this.#receive(() => {
      const found = this.#registry.find(peerId, SHARE_ID)?.peers ?? [];
      const peers = found.map((peer) => ({
        peerId: peer.peerId,
        bitfield:
          Bitfield.fromBytes(peer.bitfield, this.#pieceCount) ?? new Bitfield(this.#pieceCount),
        role: 'member' as const,
      }));
      agenda.after(TRACKER_DELAY_MS, () => onFound(peers));
    });
  }

  forget(peerId: string): void {
    this.#receive(() => this.#registry.forget(peerId));
  }

  /** How many peers hold each piece, by the books. */
  availability(): readonly number[] {
    return (
      this.#registry.availabilityOf(SHARE_ID) ?? Array.from({ length: this.#pieceCount }, () => 0)
    );
  }

  get peerCount(): number {
    return this.#registry.counts().holdings;
  }

  #receive(handle: (nowMs: number) => void): void {
    const registry = this.#registry;
    this.#agenda.after(TRACKER_DELAY_MS, () => {
      if (this.#isUp && registry === this.#registry) handle(this.#agenda.nowMs);
    });
  }

  #openBooks(): MemoryRegistry {
    return new MemoryRegistry(LIMITS, () => this.#random.below(2 ** 30) / 2 ** 30);
  }
}
