import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Bitfield } from '../../shared/wire/bitfield.ts';
import type { VerifiedHeader } from './registry.ts';

/** What one peer holds of one share. */
export interface Holding {
  readonly peerId: string;
  readonly swarm: Swarm;
  bitfield: Bitfield;
  announcedMs: number;
  /** Where it stands in `swarm.holdings`. */
  position: number;
}

/** The peers of one share, with every count kept up to date at each change. */
export class Swarm {
  readonly shareId: ShareId;
  readonly header: Bytes;
  readonly pieceCount: number;
  /** How many peers hold each piece. */
  readonly availability: Uint16Array;
  /** In no order, so that one can be taken out by moving the last into its place. */
  readonly holdings: Holding[] = [];
  seederCount = 0;
  holderCount = 0;

  constructor(shareId: ShareId, header: VerifiedHeader) {
    this.shareId = shareId;
    this.header = header.bytes;
    this.pieceCount = header.pieceCount;
    this.availability = new Uint16Array(header.pieceCount);
  }

  add(peerId: string, bitfield: Bitfield, nowMs: number): Holding {
    const position = this.holdings.length;
    const holding: Holding = { peerId, swarm: this, bitfield, announcedMs: nowMs, position };
    this.holdings.push(holding);
    this.#count(bitfield, 1);
    return holding;
  }

  replace(holding: Holding, bitfield: Bitfield): void {
    this.#count(holding.bitfield, -1);
    holding.bitfield = bitfield;
    this.#count(bitfield, 1);
  }

  gain({ bitfield }: Holding, piece: number): void {
    if (bitfield.has(piece)) return;
    this.#countPeer(bitfield, -1);
    bitfield.add(piece);
    this.#countPeer(bitfield, 1);
    this.#countPiece(piece, 1);
  }

  remove(holding: Holding): void {
    this.#count(holding.bitfield, -1);
    const last = this.holdings.pop();
    if (last === undefined || last === holding) return;
    this.holdings[holding.position] = last;
    last.position = holding.position;
  }

  swap(a: Holding, b: Holding): void {
    const { position } = a;
    this.holdings[b.position] = a;
    this.holdings[position] = b;
    a.position = b.position;
    b.position = position;
  }

  #count(bitfield: Bitfield, sign: 1 | -1): void {
    this.#countPeer(bitfield, sign);
    if (bitfield.count === 0) return;
    for (let piece = 0; piece < this.pieceCount; piece += 1) {
      if (bitfield.has(piece)) this.#countPiece(piece, sign);
    }
  }

  #countPiece(piece: number, sign: 1 | -1): void {
    this.availability[piece] = (this.availability[piece] ?? 0) + sign;
  }

  #countPeer(bitfield: Bitfield, sign: 1 | -1): void {
    if (bitfield.count > 0) this.holderCount += sign;
    if (bitfield.isFull) this.seederCount += sign;
  }
}
