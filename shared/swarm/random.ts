/** Deterministic randomness: the same seed gives the same run. */
export interface Random {
  /** An integer from 0 to `bound` - 1. */
  below: (bound: number) => number;
}

/** mulberry32: 32 bits of state, which is plenty for choosing among pieces and never used for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    below(bound) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
    },
  };
}

/** Fisher and Yates, in place. */
export function shuffle(items: number[], random: Random): number[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    const held = items[i];
    const other = items[j];
    if (held !== undefined && other !== undefined) {
      items[i] = other;
      items[j] = held;
    }
  }
  return items;
}
