import type { Geometry } from '../share/geometry.ts';
import { computeSealedLength } from '../share/geometry.ts';

/** A frame is one message on the data channel. Room for half of a sealed piece of 256 KiB. */
export const MAX_FRAME_LENGTH = 132 * 1024;
/** Type, piece and block number before a block's bytes. */
export const BLOCK_PREFIX_LENGTH = 7;
const MAX_BLOCK_LENGTH = MAX_FRAME_LENGTH - BLOCK_PREFIX_LENGTH;
/** Small pieces mean a small share, and often a slow link: two requests keep it busier than one. */
const MIN_BLOCK_COUNT = 2;

/** A sealed piece as blocks of equal length (the last may be shorter), each of which fits one frame. */
export interface BlockLayout {
  readonly sealedLength: number;
  readonly blockLength: number;
  readonly blockCount: number;
}

export function computeBlockLayout(geometry: Geometry, piece: number): BlockLayout {
  const sealedLength = computeSealedLength(geometry, piece);
  const blockCount = Math.max(MIN_BLOCK_COUNT, Math.ceil(sealedLength / MAX_BLOCK_LENGTH));
  return { sealedLength, blockCount, blockLength: Math.ceil(sealedLength / blockCount) };
}

export function computeBlockStart(layout: BlockLayout, block: number): number {
  return block * layout.blockLength;
}

export function computeBlockLength(layout: BlockLayout, block: number): number {
  return Math.min(layout.blockLength, layout.sealedLength - block * layout.blockLength);
}
