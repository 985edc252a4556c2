import type { Bytes } from '../../shared/share/bytes.ts';
import type { SwarmMessage } from '../../shared/wire/messages.ts';

const CONTROL_FRAME_BYTES = 16;

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
  if (frame.type === 'block') return frame.byteLength;
  return frame.type === 'bitfield' ? frame.bitfield.byteLength : CONTROL_FRAME_BYTES;
}

/** Of blocks alone: control frames take no time. */
export function computeBlockBytes(burst: Burst): number {
  const last = 'type' in burst ? burst : burst.at(-1);
  return last?.type === 'block' ? last.byteLength : 0;
}
