import type { Bytes } from '../../shared/share/bytes.ts';
import type { Random } from '../../shared/swarm/random.ts';

/** What a decoder did with one input: gave a value, or named the rule that was broken. */
export type Verdict = { readonly accepted: unknown } | { readonly refused: string };

/** One decoder of what a stranger says, and what must hold of it for any input at all. */
export interface Decoder {
  readonly name: string;
  /** Inputs that it accepts. */
  readonly corpus: readonly Bytes[];
  /** Every violation that it may name. */
  readonly violations: readonly string[];
  /** What the value may weigh, whatever the input says of itself. */
  readonly maxOutputBytes: number;
  /** Makes a new input out of one of the corpus and, where two are joined, another. */
  readonly mutate: (input: Bytes, other: Bytes, random: Random) => Bytes;
  /** Throws where the decoder does, or where what it accepts is not what the rules say. */
  readonly judge: (input: Bytes) => Verdict | Promise<Verdict>;
}

export function accepted(value: unknown): Verdict {
  return { accepted: value };
}

export function refused(violation: string): Verdict {
  return { refused: violation };
}

/** For decoders that tell no more than that they refuse. */
export const REFUSED = 'refused';

/** Accepts what is there, and refuses `undefined`. */
export function judged(value: unknown): Verdict {
  return value === undefined ? refused(REFUSED) : accepted(value);
}

/** Something that must hold of what was accepted does not. */
export class BrokenProperty extends Error {
  override readonly name = 'BrokenProperty';
}

export function mustHold(condition: boolean, property: string): asserts condition {
  if (!condition) throw new BrokenProperty(property);
}
