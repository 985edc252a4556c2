import type { HostPlan, HostRole, Scenario } from './scenario.ts';
import type { Random } from '../../shared/swarm/random.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { drawFaults } from './fault-plan.ts';
import { createGeometry } from './scenario.ts';

const KIB = 1024;
const PIECE_SIZES = [64 * KIB, 64 * KIB, 256 * KIB, 1024 * KIB];
const FAULTS_END_MS = 60_000;

/** A small swarm in which anything may happen, drawn from the seed alone. */
export function drawMixedScenario(seed: number): Scenario {
  const random = createRandom(seed);
  const pieceSize = PIECE_SIZES[random.below(PIECE_SIZES.length)] ?? 64 * KIB;
  const pieceCount = 1 + random.below((6 * 1024 * KIB) / pieceSize);
  const hostCount = 2 + random.below(random.below(4) === 0 ? 20 : 7);
  const liarCount = random.below(3) === 0 ? 1 + random.below(3) : 0;
  const hosts = [
    drawHost('sharer', random),
    ...Array.from({ length: hostCount }, () => drawHost('leecher', random)),
    ...Array.from({ length: liarCount }, () => drawHost('liar', random)),
  ];
  const faults = drawFaults(random.below(12), hosts.length, FAULTS_END_MS, random);
  // Whoever can reach the others through the sharer alone would be cut off when it departs.
  const canDepart = faults.some(({ type }) => type === 'depart');
  return {
    seed,
    geometry: createGeometry(pieceCount, pieceSize),
    hosts,
    refusedPairsPercent: canDepart ? 0 : random.below(40),
    faults,
    faultsEndMs: FAULTS_END_MS,
  };
}

function drawHost(role: HostRole, random: Random): HostPlan {
  const isSlow = random.below(5) === 0;
  return {
    role,
    uplinkBytesPerSecond: isSlow ? 30_000 : 100_000 + random.below(3_000_000),
    latencyMs: 1 + random.below(80),
    joinsAtMs: role === 'sharer' || random.below(2) === 0 ? 0 : random.below(20_000),
  };
}
