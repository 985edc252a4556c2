import type { Bytes } from '../share/bytes.ts';

/** Which pieces a peer holds: one bit a piece, most significant bit first, as in BitTorrent (BEP 3). */
export class Bitfield {
  readonly length: number;
  #bytes: Bytes;
  #count = 0;
  #changes = 0;

  constructor(length: number) {
    this.length = length;
    this.#bytes = new Uint8Array(Math.ceil(length / 8));
  }

  static full(length: number): Bitfield {
    const bitfield = new Bitfield(length);
    bitfield.#bytes.fill(0xff);
    const spareBits = bitfield.#bytes.byteLength * 8 - length;
    const last = bitfield.#bytes.byteLength - 1;
    if (last >= 0) bitfield.#bytes[last] = (0xff << spareBits) & 0xff;
    bitfield.#count = length;
    return bitfield;
  }

  static of(length: number, pieces: Iterable<number>): Bitfield {
    const bitfield = new Bitfield(length);
    for (const piece of pieces) bitfield.add(piece);
    return bitfield;
  }

  /** Undefined unless there are exactly ceil(length / 8) bytes with no spare bit set. Copies the bytes. */
  static fromBytes(bytes: Uint8Array, length: number): Bitfield | undefined {
    if (bytes.byteLength !== Math.ceil(length / 8)) return undefined;
    const spareBits = bytes.byteLength * 8 - length;
    if (((bytes.at(-1) ?? 0) & ((1 << spareBits) - 1)) !== 0) return undefined;
    const bitfield = new Bitfield(length);
    bitfield.#bytes.set(bytes);
    for (const byte of bytes) bitfield.#count += countBits(byte);
    return bitfield;
  }

  get count(): number {
    return this.#count;
  }

  /** How often a piece was added or removed since it was made. */
  get changes(): number {
    return this.#changes;
  }

  get isFull(): boolean {
    return this.#count === this.length;
  }

  has(piece: number): boolean {
    return ((this.#bytes[piece >> 3] ?? 0) & (0x80 >> (piece & 7))) !== 0;
  }

  /** Returns whether the piece is new. Pieces outside the bitfield are never added. */
  add(piece: number): boolean {
    if (piece < 0 || piece >= this.length || this.has(piece)) return false;
    this.#bytes[piece >> 3] = (this.#bytes[piece >> 3] ?? 0) | (0x80 >> (piece & 7));
    this.#count += 1;
    this.#changes += 1;
    return true;
  }

  /** Returns whether the piece was there. */
  remove(piece: number): boolean {
    if (piece < 0 || piece >= this.length || !this.has(piece)) return false;
    this.#bytes[piece >> 3] = (this.#bytes[piece >> 3] ?? 0) & ~(0x80 >> (piece & 7));
    this.#count -= 1;
    this.#changes += 1;
    return true;
  }

  /** Pieces that `other` has and this one lacks. */
  countMissingFrom(other: Bitfield): number {
    const ours = this.#bytes;
    const theirs = other.#bytes;
    // V8 reads `length` once, but asks for `byteLength` in every round, which takes eight times as long.
    const { length } = theirs;
    let count = 0;
    for (let i = 0; i < length; i += 1) {
      count += countBits((theirs[i] ?? 0) & ~(ours[i] ?? 0));
    }
    return count;
  }

  *pieces(): Generator<number> {
    for (let piece = 0; piece < this.length; piece += 1) if (this.has(piece)) yield piece;
  }

  /** Pieces that this one has and `other` lacks, ascending. */
  *piecesMissingFrom(other: Bitfield): Generator<number> {
    for (const piece of this.pieces()) if (!other.has(piece)) yield piece;
  }

  /** A copy: ceil(length / 8) bytes, spare bits zero. */
  toBytes(): Bytes {
    return this.#bytes.slice();
  }
}

const BITS_IN_BYTE = new Uint8Array(256);
for (let byte = 1; byte < 256; byte += 1) {
  BITS_IN_BYTE[byte] = (BITS_IN_BYTE[byte >> 1] ?? 0) + (byte & 1);
}

function countBits(byte: number): number {
  return BITS_IN_BYTE[byte] ?? 0;
}
