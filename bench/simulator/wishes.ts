import type { PieceRanges } from '../../shared/swarm/ports/tracker-client.ts';
import type { Random } from '../../shared/swarm/random.ts';
import type { Scenario, SimulatedWish } from './scenario.ts';
import { createRandom } from '../../shared/swarm/random.ts';

const MAX_WISHES = 12;
/** Far from the seeds that the rest of a scenario is drawn from. */
const WISH_SEED = 0x5eed_0000;

/** The same swarm, in which leechers look into the share here and there, and now and then want a part of it only. */
export function withWishes(scenario: Scenario): Scenario {
  const random = createRandom(scenario.seed + WISH_SEED);
  const leechers = [...scenario.hosts.keys()].filter(
    (host) => scenario.hosts[host]?.role === 'leecher',
  );
  const wishes = Array.from({ length: 1 + random.below(MAX_WISHES) }, () =>
    drawWish(leechers, scenario, random),
  );
  // In the end everybody wants everything, or nobody could be expected to have it.
  const { pieceCount } = scenario.geometry;
  const atMs = scenario.faultsEndMs;
  const last = leechers.map((host) => ({
    type: 'want-only' as const,
    host,
    atMs,
    ranges: [[0, pieceCount - 1]] as const,
  }));
  return { ...scenario, wishes: [...wishes, ...last] };
}

function drawWish(leechers: readonly number[], scenario: Scenario, random: Random): SimulatedWish {
  const type = random.below(4) === 0 ? 'want-only' : 'focus';
  const host = leechers[random.below(leechers.length)] ?? 0;
  const atMs = random.below(scenario.faultsEndMs);
  const { pieceCount } = scenario.geometry;
  const ranges = Array.from({ length: random.below(4) }, () => drawRange(pieceCount, random));
  return { type, host, atMs, ranges };
}

function drawRange(pieceCount: number, random: Random): PieceRanges[number] {
  const first = random.below(pieceCount);
  return [first, Math.min(pieceCount - 1, first + random.below(1 + pieceCount / 4))];
}
