import type { Bytes } from '../../shared/share/bytes.ts';
import type { SwarmMessage } from '../../shared/wire/messages.ts';
import { BLOCK_PREFIX_LENGTH } from '../../shared/wire/blocks.ts';
import { AUDIT_DIGEST_LENGTH, AUDIT_NONCE_LENGTH } from '../../shared/wire/messages.ts';
import { MTU_BYTES } from './congestion-window.ts';

/** Of one packet: IPv4 and UDP, a record of DTLS 1.2 with AES-GCM, and what SCTP puts before its chunks. */
const PACKET_HEADER_BYTES = 20 + 8 + 37 + 12;
/** So many fit a window to begin with. */
const WINDOW_PACKETS = 10;
const CHUNK_HEADER_BYTES = 16;
/** Chunks are filled up to this. */
const ALIGNMENT_BYTES = 4;
const PIECE_NUMBER_BYTES = 4;
const PIECE_FRAME_BYTES = 1 + PIECE_NUMBER_BYTES;

/** Content is modelled: a block is what it should be, or it is not. */
export interface BlockFrame {
  readonly type: 'block';
  readonly piece: number;
  readonly block: number;
  readonly byteLength: number;
  readonly isTrue: boolean;
}

/** The answer to one audit: made from its nonce and the piece, or from something else. */
export interface ShownFrame {
  readonly type: 'shown';
  readonly piece: number;
  readonly nonce: Bytes;
  readonly isTrue: boolean;
}

export type Frame = SwarmMessage | BlockFrame | ShownFrame;

/** What leaves an uplink at once: one frame, or several control frames and perhaps one block at their end. */
export type Burst = Frame | readonly Frame[];

export function computeFrameBytes(frame: Frame): number {
  switch (frame.type) {
    case 'block':
      return frame.byteLength;
    case 'bitfield':
      return 1 + frame.bitfield.byteLength;
    case 'have':
      return 1 + frame.pieces.length * PIECE_NUMBER_BYTES;
    case 'lost':
      return PIECE_FRAME_BYTES;
    case 'request':
    case 'cancel':
    case 'reject':
      return BLOCK_PREFIX_LENGTH;
    case 'busy':
      return BLOCK_PREFIX_LENGTH + 2;
    case 'audit':
      return PIECE_FRAME_BYTES + AUDIT_NONCE_LENGTH;
    case 'shown':
      return PIECE_FRAME_BYTES + AUDIT_DIGEST_LENGTH;
  }
}

/** Of its block alone. */
export function computeBlockBytes(burst: Burst): number {
  const last = 'type' in burst ? burst : burst.at(-1);
  return last?.type === 'block' ? last.byteLength : 0;
}

/**
 * What a burst takes of a link. Rates of links are of blocks, whose packets are full. A control frame alone is a packet
 * of its own: dcSCTP sends each message at once, as long as its window is open. What waits for a window, or leaves with
 * a block, fills up packets.
 */
export function computeLineBytes(burst: Burst): number {
  if ('type' in burst) {
    return burst.type === 'block' ? burst.byteLength : computePacketBytes(burst);
  }
  const blockBytes = computeBlockBytes(burst);
  let alone = blockBytes > 0 ? 0 : WINDOW_PACKETS;
  let aloneBytes = 0;
  let sharedBytes = 0;
  for (const frame of burst) {
    if (frame.type === 'block') continue;
    if (alone > 0) aloneBytes += computePacketBytes(frame);
    else sharedBytes += computeChunkBytes(frame);
    alone -= 1;
  }
  const packetCount = blockBytes > 0 ? 0 : Math.ceil(sharedBytes / MTU_BYTES);
  return blockBytes + aloneBytes + sharedBytes + packetCount * PACKET_HEADER_BYTES;
}

function computePacketBytes(frame: Frame): number {
  const chunkBytes = computeChunkBytes(frame);
  return chunkBytes + PACKET_HEADER_BYTES * Math.ceil(chunkBytes / MTU_BYTES);
}

function computeChunkBytes(frame: Frame): number {
  const padded = Math.ceil(computeFrameBytes(frame) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  return CHUNK_HEADER_BYTES + padded;
}
