import type { Holding, Swarm } from './swarm.ts';

/** Peers looked at for one answer, so that the work is the same in a swarm of a thousand. */
const SAMPLE_SIZE = 120;
/** Of the answer, the part that goes to the most useful; the rest is random, so that newcomers are used too. */
const USEFUL_PART = 2 / 3;

/**
 * Picks up to `count` other peers for the asker: most of them those that hold the most pieces that it lacks or,
 * for a seeder, that lack the most pieces. Where the asker is not in the swarm, those that hold the most.
 */
export function pickPeers(
  swarm: Swarm,
  asker: Holding | undefined,
  count: number,
  random: () => number,
): Holding[] {
  const sample = pickSample(swarm, random).filter((holding) => holding !== asker);
  if (sample.length <= count) return sample;
  const ranked = sample
    .map((holding) => ({ holding, usefulness: computeUsefulness(swarm, holding, asker) }))
    .toSorted((a, b) => b.usefulness - a.usefulness)
    .map(({ holding }) => holding);
  const useful = new Set(ranked.slice(0, Math.ceil(count * USEFUL_PART)));
  const others = sample.filter((holding) => !useful.has(holding));
  return [...useful, ...others].slice(0, count);
}

function computeUsefulness(swarm: Swarm, other: Holding, asker: Holding | undefined): number {
  if (asker === undefined) return other.bitfield.count;
  if (asker.bitfield.isFull) return swarm.pieceCount - other.bitfield.count;
  return asker.bitfield.countMissingFrom(other.bitfield);
}

/** The first steps of a Fisher-Yates shuffle, in place: the order of the holdings has no meaning. */
function pickSample(swarm: Swarm, random: () => number): Holding[] {
  const { holdings } = swarm;
  const size = Math.min(SAMPLE_SIZE, holdings.length);
  for (let i = 0; i < size; i += 1) {
    const a = holdings[i];
    const b = holdings[i + Math.floor(random() * (holdings.length - i))];
    if (a !== undefined && b !== undefined) swarm.swap(a, b);
  }
  return holdings.slice(0, size);
}
