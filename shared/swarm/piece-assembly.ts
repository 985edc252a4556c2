import type { Bytes } from '../share/bytes.ts';
import type { Geometry } from '../share/geometry.ts';
import type { BlockName } from './swarm-events.ts';
import { computeBlockLayout, computeBlockStart } from '../wire/blocks.ts';

/** Pieces being put together, one buffer for each piece and sender. Its size is the engine's to bound. */
export class PieceAssembly {
  readonly #geometry: Geometry;
  readonly #buffers = new Map<string, Bytes>();

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
  }

  take({ peerId, piece, block }: BlockName, bytes: Uint8Array): void {
    const layout = computeBlockLayout(this.#geometry, piece);
    const key = keyOf(peerId, piece);
    let buffer = this.#buffers.get(key);
    if (buffer === undefined) {
      buffer = new Uint8Array(layout.sealedLength);
      this.#buffers.set(key, buffer);
    }
    buffer.set(bytes, computeBlockStart(layout, block));
  }

  /** The whole piece, which is forgotten here. */
  finish(peerId: string, piece: number): Bytes | undefined {
    const buffer = this.#buffers.get(keyOf(peerId, piece));
    this.#buffers.delete(keyOf(peerId, piece));
    return buffer;
  }

  abandon(peerId: string, piece: number): void {
    this.#buffers.delete(keyOf(peerId, piece));
  }
}

function keyOf(peerId: string, piece: number): string {
  return `${peerId} ${piece}`;
}
