import type { Bytes } from '../../shared/share/bytes.ts';
import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type {
  AnnounceOutcome,
  Found,
  Registry,
  RegistryCounts,
  VerifiedHeader,
} from './registry.ts';
import type { RegistryLimits } from './registry-limits.ts';
import type { Part } from './part.ts';
import type { Holding } from './swarm.ts';
import { equalBytes } from '../../shared/share/bytes.ts';
import { listPieces } from '../../shared/share/piece-ranges.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { CopyBooks } from '../copies/copy-books.ts';
import { Books } from './books.ts';
import { pickPeers } from './pick-peers.ts';
import { Swarm } from './swarm.ts';

const MEMBER: Part = { role: 'member' };

/** The books in this process's memory. Every change takes time in proportion to what changed, never to the rest. */
export class MemoryRegistry implements Registry {
  readonly #limits: RegistryLimits;
  readonly #random: () => number;
  readonly #books = new Books();
  readonly copies: CopyBooks;
  /** Every holding, the one that has been silent longest first: a Set keeps the order of insertion. */
  readonly #bySilence = new Set<Holding>();
  #bytes = 0;

  constructor(limits: RegistryLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
    this.copies = new CopyBooks(this.#books, limits, random);
  }

  headerOf(shareId: ShareId): Bytes | undefined {
    return this.#books.swarms.get(shareId)?.header;
  }

  announce(
    peerId: string,
    shareId: ShareId,
    header: VerifiedHeader,
    bits: Bytes,
    nowMs: number,
    part: Part = MEMBER,
  ): AnnounceOutcome {
    const swarm = this.#books.swarms.get(shareId);
    if (swarm !== undefined && !equalBytes(swarm.header, header.bytes)) return 'header-conflict';
    const bitfield = Bitfield.fromBytes(bits, header.pieceCount);
    if (bitfield === undefined) return 'invalid';
    const announced = { header: header.bytes, bitfield };
    const refusal = this.copies.refuse(peerId, part, shareId, announced);
    if (refusal !== undefined) return refusal;
    const holding = this.#books.holding(peerId, shareId);
    if (holding === undefined) return this.#enter(peerId, shareId, header, bitfield, nowMs, part);
    this.copies.recordReplaced(holding, () => holding.swarm.replace(holding, part, bitfield));
    this.#refresh(holding, nowMs);
    return 'announced';
  }

  gain(
    peerId: string,
    shareId: ShareId,
    ranges: readonly PieceRange[],
    nowMs: number,
  ): AnnounceOutcome {
    const holding = this.#books.holding(peerId, shareId);
    if (holding === undefined) return 'not-announced';
    const { swarm } = holding;
    const areValid = ranges.every(
      ([first, last]) => first >= 0 && first <= last && last < swarm.pieceCount,
    );
    if (!areValid) return 'invalid';
    if (this.copies.isBeyondBudget(holding, listNew(ranges, holding))) return 'over-budget';
    for (const [first, last] of ranges) {
      for (let piece = first; piece <= last; piece += 1) {
        if (swarm.gain(holding, piece)) this.copies.recordGained(holding, piece);
      }
    }
    this.#refresh(holding, nowMs);
    return 'announced';
  }

  find(peerId: string, shareId: ShareId): Found | undefined {
    const swarm = this.#books.swarms.get(shareId);
    if (swarm === undefined) return undefined;
    const asker = this.#books.holding(peerId, shareId);
    const isSeeder = asker?.bitfield.isFull ?? false;
    const isHolder = asker !== undefined && asker.bitfield.count > 0;
    const { foundPeers, foundBytes } = this.#limits;
    const count = Math.min(foundPeers, Math.floor(foundBytes / computeHoldingBytes(swarm)));
    const peers = pickPeers(swarm, asker, count, this.#random);
    return {
      header: swarm.header,
      seederCount: swarm.seederCount - (isSeeder ? 1 : 0),
      holderCount: swarm.holderCount - (isHolder ? 1 : 0),
      volunteerHolderCount:
        swarm.volunteerHolderCount - (isHolder && asker.role === 'volunteer' ? 1 : 0),
      peers: peers.map((peer) => ({
        peerId: peer.peerId,
        isVolunteer: peer.role === 'volunteer',
        bitfield: peer.bitfield.toBytes(),
      })),
    };
  }

  peersOf(shareId: ShareId): readonly string[] {
    return this.#books.swarms.get(shareId)?.holdings.map(({ peerId }) => peerId) ?? [];
  }

  isInSwarm(peerId: string, shareId: ShareId): boolean {
    return this.#books.holding(peerId, shareId) !== undefined;
  }

  leave(peerId: string, shareId: ShareId): void {
    const holding = this.#books.holding(peerId, shareId);
    if (holding !== undefined) this.#remove(holding);
  }

  forget(peerId: string): void {
    this.copies.withdraw(peerId);
    for (const holding of this.#books.holdings(peerId)) this.#remove(holding);
  }

  /** Forgets what it offers, and what it keeps as a volunteer. */
  withdraw(peerId: string): void {
    this.copies.withdraw(peerId);
    for (const holding of this.#books.holdings(peerId)) {
      if (holding.role === 'volunteer') this.#remove(holding);
    }
  }

  /** Forgets the whole swarm. Returns the volunteers that it had. */
  close(shareId: ShareId): readonly string[] {
    const volunteers = this.copies.volunteersOf(shareId);
    const holdings = this.#books.swarms.get(shareId)?.holdings.slice() ?? [];
    for (const holding of holdings) this.#remove(holding);
    return volunteers;
  }

  expire(nowMs: number): void {
    for (const holding of this.#bySilence) {
      if (nowMs - holding.announcedMs < this.#limits.expiryMs) return;
      this.#remove(holding);
    }
  }

  counts(): RegistryCounts {
    return { swarms: this.#books.swarms.size, holdings: this.#bySilence.size };
  }

  /** How many peers hold each piece; undefined where nobody is in the swarm. */
  availabilityOf(shareId: ShareId): readonly number[] | undefined {
    const swarm = this.#books.swarms.get(shareId);
    return swarm === undefined ? undefined : Array.from(swarm.availability);
  }

  /** What the peer is said to hold, not to be changed; undefined where it is not in the swarm. */
  bitfieldOf(peerId: string, shareId: ShareId): Bitfield | undefined {
    return this.#books.holding(peerId, shareId)?.bitfield;
  }

  #enter(
    peerId: string,
    shareId: ShareId,
    header: VerifiedHeader,
    bitfield: Bitfield,
    nowMs: number,
    part: Part,
  ): AnnounceOutcome {
    const existing = this.#books.swarms.get(shareId);
    const holdings = this.#books.peers.get(peerId) ?? new Map<ShareId, Holding>();
    if (holdings.size >= this.#limits.swarmsPerPeer) return 'too-many-swarms';
    const members = existing?.holdings.length ?? 0;
    if (members >= this.#limits.peersPerSwarm) return 'swarm-full';
    const isFull = existing === undefined && this.#books.swarms.size >= this.#limits.swarms;
    const newBytes = computeHoldingBytes(header) + (existing ? 0 : computeSwarmBytes(header));
    if (isFull || this.#bytes + newBytes > this.#limits.bytes) return 'tracker-full';
    const swarm = existing ?? new Swarm(shareId, header);
    this.#bytes += newBytes;
    this.#books.swarms.set(shareId, swarm);
    this.#books.peers.set(peerId, holdings);
    const holding = swarm.add(peerId, part, bitfield, nowMs);
    holdings.set(shareId, holding);
    this.copies.recordEntered(holding);
    this.#bySilence.add(holding);
    return 'announced';
  }

  #refresh(holding: Holding, nowMs: number): void {
    holding.announcedMs = nowMs;
    this.#bySilence.delete(holding);
    this.#bySilence.add(holding);
  }

  #remove(holding: Holding): void {
    const { peerId, swarm } = holding;
    swarm.remove(holding);
    this.#bytes -= computeHoldingBytes(swarm);
    this.#bySilence.delete(holding);
    const holdings = this.#books.peers.get(peerId);
    holdings?.delete(swarm.shareId);
    if (holdings?.size === 0) this.#books.peers.delete(peerId);
    this.copies.recordLeft(holding);
    if (swarm.holdings.length > 0) return;
    this.#bytes -= computeSwarmBytes({ bytes: swarm.header, pieceCount: swarm.pieceCount });
    this.#books.swarms.delete(swarm.shareId);
  }
}

/** Those that the peer does not hold yet, each once. */
function* listNew(ranges: readonly PieceRange[], { bitfield }: Holding): Generator<number> {
  for (const piece of listPieces(ranges)) if (!bitfield.has(piece)) yield piece;
}

/** The header, and two bytes of availability for each piece. */
function computeSwarmBytes({ bytes, pieceCount }: VerifiedHeader): number {
  return bytes.byteLength + 2 * pieceCount;
}

function computeHoldingBytes({ pieceCount }: Pick<VerifiedHeader, 'pieceCount'>): number {
  return Math.ceil(pieceCount / 8);
}
