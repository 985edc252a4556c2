import type { Weather } from './fault-plan.ts';
import type { Scenario } from './scenario.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { drawStrandFaults } from './fault-plan.ts';
import { drawMixedScenario } from './mixed-scenario.ts';
import { describeReplay } from './seed-failure.ts';
import { withWishes } from './wishes.ts';

/** In every so many leechers want some pieces first, or some only. */
const WISHES_EVERY = 4;

/** In every so many, from this one on, further connections to one peer fail. */
const STRAND_FAULTS_EVERY = 8;
const STRAND_FAULTS_FROM = 6;
const MAX_STRAND_FAULTS = 8;
/** Far from the seeds that the rest of a scenario is drawn from. */
const STRAND_SEED = 0x57a4_0000;

/** All that one seed stands for, in tests and in the bench alike. */
export function drawSeedScenario(seed: number, weather: Weather = 'harsh'): Scenario {
  const mixed = drawMixedScenario(seed, weather);
  const hasStrandFaults = seed % STRAND_FAULTS_EVERY === STRAND_FAULTS_FROM;
  const scenario = hasStrandFaults ? withStrandFaults(mixed) : mixed;
  const inWeather = weather === 'harsh' ? '' : ` --scenario ${weather}`;
  const replay = `${describeReplay('seeds', seed)}${inWeather}`;
  return { ...(seed % WISHES_EVERY === 0 ? withWishes(scenario) : scenario), replay };
}

function withStrandFaults(scenario: Scenario): Scenario {
  const { seed, hosts, faults, faultsEndMs } = scenario;
  const random = createRandom(seed + STRAND_SEED);
  const count = 1 + random.below(MAX_STRAND_FAULTS);
  const further = drawStrandFaults(count, hosts.length, faultsEndMs, random);
  return { ...scenario, faults: [...faults, ...further] };
}
