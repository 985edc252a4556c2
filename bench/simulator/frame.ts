import type { SwarmMessage } from '../../shared/wire/messages.ts';

/** Content is modelled: a block is what it should be, or it is not. */
export type Frame =
  | { readonly kind: 'message'; readonly message: SwarmMessage; readonly byteLength: number }
  | {
      readonly kind: 'block';
      readonly piece: number;
      readonly block: number;
      readonly byteLength: number;
      readonly isTrue: boolean;
    };

/** What leaves an uplink at once: the control frames in front, and one block. */
export interface Burst {
  readonly frames: readonly Frame[];
  /** Of blocks alone: control frames take no time. */
  readonly byteLength: number;
}
