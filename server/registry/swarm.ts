import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Bitfield } from '../../shared/wire/bitfield.ts';
import type { Part } from './part.ts';
import type { VerifiedHeader } from './registry.ts';

/** What one peer holds of one share. */
export interface Holding {
  readonly peerId: string;
  readonly swarm: Swarm;
  role: Part['role'];
  holderId: string | undefined;
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
  volunteerHolderCount = 0;

  constructor(shareId: ShareId, header: VerifiedHeader) {
    this.shareId = shareId;
    this.header = header.bytes;
    this.pieceCount = header.pieceCount;
    this.availability = new Uint16Array(header.pieceCount);
  }

  add(peerId: string, { role, holderId }: Part, bitfield: Bitfield, nowMs: number): Holding {
    const holding: Holding = {
      peerId,
      swarm: this,
      role,
      holderId,
      bitfield,
      announcedMs: nowMs,
      position: this.holdings.length,
    };
    this.holdings.push(holding);
    this.#count(holding, 1);
    return holding;
  }

  replace(holding: Holding, { role, holderId }: Part, bitfield: Bitfield): void {
    this.#count(holding, -1);
    holding.role = role;
    holding.holderId = holderId;
    holding.bitfield = bitfield;
    this.#count(holding, 1);
  }

  /** Returns whether the piece is new. */
  gain(holding: Holding, piece: number): boolean {
    if (holding.bitfield.has(piece)) return false;
    this.#countPeer(holding, -1);
    holding.bitfield.add(piece);
    this.#countPeer(holding, 1);
    this.#countPiece(piece, 1);
    return true;
  }

  lose(holding: Holding, piece: number): void {
    if (!holding.bitfield.has(piece)) return;
    this.#countPeer(holding, -1);
    holding.bitfield.remove(piece);
    this.#countPeer(holding, 1);
    this.#countPiece(piece, -1);
  }

  remove(holding: Holding): void {
    this.#count(holding, -1);
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

  #count(holding: Holding, sign: 1 | -1): void {
    const { bitfield } = holding;
    this.#countPeer(holding, sign);
    if (bitfield.count === 0) return;
    for (let piece = 0; piece < this.pieceCount; piece += 1) {
      if (bitfield.has(piece)) this.#countPiece(piece, sign);
    }
  }

  #countPiece(piece: number, sign: 1 | -1): void {
    this.availability[piece] = (this.availability[piece] ?? 0) + sign;
  }

  #countPeer({ bitfield, role }: Holding, sign: 1 | -1): void {
    if (bitfield.count === 0) return;
    this.holderCount += sign;
    if (role === 'volunteer') this.volunteerHolderCount += sign;
    if (bitfield.isFull) this.seederCount += sign;
  }
}
