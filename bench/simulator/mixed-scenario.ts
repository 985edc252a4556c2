import type { Weather } from './fault-plan.ts';
import type { HostPlan, HostRole, Scenario } from './scenario.ts';
import type { Random } from '../../shared/swarm/random.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { drawFaults } from './fault-plan.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';

const KIB = 1024;
const PIECE_SIZES = [64 * KIB, 64 * KIB, 256 * KIB, 1024 * KIB];
const FAULTS_END_MS = 60_000;
const DRIP_BYTES_PER_SECOND = 2_000;

/** A small swarm in which anything may happen, drawn from the seed alone. */
export function drawMixedScenario(seed: number, weather: Weather = 'harsh'): Scenario {
  const random = createRandom(seed);
  const pieceSize = PIECE_SIZES[random.below(PIECE_SIZES.length)] ?? 64 * KIB;
  const pieceCount = 1 + random.below((6 * 1024 * KIB) / pieceSize);
  const hostCount = 2 + random.below(random.below(4) === 0 ? 20 : 7);
  const liarCount = random.below(3) === 0 ? 1 + random.below(3) : 0;
  const dripperCount = weather === 'harsh' && random.below(4) === 0 ? 1 + random.below(2) : 0;
  const draw = (role: HostRole) => drawHost(role, weather, random);
  const hosts = [
    draw('sharer'),
    ...Array.from({ length: hostCount }, () => draw('leecher')),
    ...Array.from({ length: liarCount }, () => draw('liar')),
    ...Array.from({ length: dripperCount }, () => draw('dripper')),
  ];
  const faults = drawFaults(random.below(12), hosts.length, FAULTS_END_MS, weather, random);
  // Whoever can reach the others through the sharer alone would be cut off when it departs.
  const canDepart = faults.some(({ type }) => type === 'depart');
  return {
    seed,
    geometry: createGeometry(pieceCount, pieceSize),
    hosts,
    refusedPairsPercent: canDepart ? 0 : random.below(40),
    areSourcesReachable: true,
    faults,
    faultsEndMs: FAULTS_END_MS,
  };
}

function drawHost(role: HostRole, weather: Weather, random: Random): HostPlan {
  const isSlow = random.below(5) === 0;
  const host: HostPlan = {
    ...PLAIN_HOST,
    role,
    uplinkBytesPerSecond: isSlow ? 30_000 : 100_000 + random.below(3_000_000),
    latencyMs: 1 + random.below(80),
    joinsAtMs: role === 'sharer' || random.below(2) === 0 ? 0 : random.below(20_000),
  };
  if (weather === 'mild') return host;
  return {
    ...host,
    uplinkBytesPerSecond: role === 'dripper' ? DRIP_BYTES_PER_SECOND : host.uplinkBytesPerSecond,
    downlinkBytesPerSecond: random.below(2) === 0 ? Infinity : 200_000 + random.below(5_000_000),
    lossRate: random.below(3) === 0 ? random.below(20) / 1_000 : 0,
  };
}
