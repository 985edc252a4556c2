import { computeSealedLength } from '../../shared/share/geometry.ts';
import type { Header } from '../../shared/share/header.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { MemoryRegistry } from '../registry/memory-registry.ts';
import type { Part } from '../registry/part.ts';
import { REGISTRY_LIMITS } from '../registry/registry-limits.ts';
import type { Order } from './copy-planner.ts';

/** The books of many shares of one form, without a network. Their headers are one, for books check no signature. */
export class CopyWorld {
  readonly registry: MemoryRegistry;
  readonly pieceCount: number;
  readonly pieceBytes: number;
  nowMs = 0;
  readonly #sample: Header;
  readonly #header: { readonly bytes: Uint8Array<ArrayBuffer>; readonly pieceCount: number };

  private constructor(sample: Header, random: () => number) {
    const { geometry, bytes } = sample;
    this.#sample = sample;
    this.#header = { bytes, pieceCount: geometry.pieceCount };
    this.pieceCount = geometry.pieceCount;
    this.pieceBytes = computeSealedLength(geometry, 0);
    this.registry = new MemoryRegistry(REGISTRY_LIMITS, random);
  }

  static async create(pieceCount: number, random: () => number): Promise<CopyWorld> {
    const { header } = await createSampleShare({ streamLength: pieceCount * 65_536 });
    return new CopyWorld(header, random);
  }

  /** Another with shares of the same form. */
  copyEmpty(random: () => number): CopyWorld {
    return new CopyWorld(this.#sample, random);
  }

  shareAt(index: number): ShareId {
    const bytes = new Uint8Array(16);
    new DataView(bytes.buffer).setUint32(0, index);
    return formatShareId(bytes);
  }

  announce(peerId: string, shareId: ShareId, part: Part, pieces: Iterable<number>): string {
    const bits = Bitfield.of(this.pieceCount, pieces).toBytes();
    return this.registry.announce(peerId, shareId, this.#header, bits, this.nowMs, part);
  }

  /** The sharer holds everything and asks for copies. */
  share(peerId: string, shareId: ShareId, copies: number, serial = 1): void {
    this.announce(peerId, shareId, { role: 'sharer' }, this.allPieces());
    this.registry.copies.setTarget(shareId, { copies, serial }, new Uint8Array(69));
  }

  offer(peerId: string, pieces: number): void {
    this.registry.copies.offer(peerId, pieces * this.pieceBytes, 0);
  }

  plan(): readonly Order[] {
    return this.registry.copies.planner.plan(this.nowMs);
  }

  /** The volunteer does as it was told: it enters the swarm if need be and announces the pieces. */
  obey({ peerId, message: { shareId, pieces } }: Order): string {
    if (!this.registry.isInSwarm(peerId, shareId)) {
      this.announce(peerId, shareId, { role: 'volunteer' }, []);
    }
    return this.registry.gain(peerId, shareId, pieces, this.nowMs);
  }

  allPieces(): number[] {
    return Array.from({ length: this.pieceCount }, (_, piece) => piece);
  }
}

export function piecesOf(orders: readonly Order[]): number[] {
  return orders.flatMap(({ message }) =>
    message.pieces.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    ),
  );
}

/** A linear congruential generator: the same numbers in every run. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
