import type { Weather } from './fault-plan.ts';
import type { Scenario } from './scenario.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { drawStalls, drawStrandFaults } from './fault-plan.ts';
import { drawMixedScenario } from './mixed-scenario.ts';
import { describeReplay } from './seed-failure.ts';
import { withWishes } from './wishes.ts';

/** In every so many leechers want some pieces first, or some only. */
const WISHES_EVERY = 4;

/** In every so many, from this one on, further connections to one peer fail. */
const STRAND_FAULTS_EVERY = 8;
const STRAND_FAULTS_FROM = 6;
const MAX_STRAND_FAULTS = 8;
/** And from this one on, one of them stalls. */
const STALLS_FROM = 4;
/** Far from the seeds that the rest of a scenario is drawn from. */
const STRAND_SEED = 0x57a4_0000;

/** All that one seed stands for, in tests and in the bench alike. */
export function drawSeedScenario(seed: number, weather: Weather = 'harsh'): Scenario {
  const mixed = drawMixedScenario(seed, weather);
  const hasStrandFaults = seed % STRAND_FAULTS_EVERY === STRAND_FAULTS_FROM;
  const hasStalls = seed % STRAND_FAULTS_EVERY === STALLS_FROM;
  const scenario = hasStrandFaults || hasStalls ? withStrandFaults(mixed, hasStalls) : mixed;
  const inWeather = weather === 'harsh' ? '' : ` --scenario ${weather}`;
  const replay = `${describeReplay('seeds', seed)}${inWeather}`;
  return { ...(seed % WISHES_EVERY === 0 ? withWishes(scenario) : scenario), replay };
}

function withStrandFaults(scenario: Scenario, areStalls: boolean): Scenario {
  const { seed, hosts, faults, faultsEndMs } = scenario;
  const random = createRandom(seed + STRAND_SEED);
  const count = 1 + random.below(MAX_STRAND_FAULTS);
  const draw = areStalls ? drawStalls : drawStrandFaults;
  const further = draw(count, hosts.length, faultsEndMs, random);
  return { ...scenario, faults: [...faults, ...further] };
}
