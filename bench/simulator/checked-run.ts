import type { SimulatedHost } from './simulated-host.ts';
import type { Scenario } from './scenario.ts';
import { DEAD_SOURCE_TIMEOUT_MS } from '../../shared/swarm/limits.ts';
import { BooksWatch } from './books-watch.ts';
import { estimateSteadyRate } from './congestion-window.ts';
import { InvariantError, checkBooks, checkComplete, checkStep } from './invariants.ts';
import { SeedFailure } from './seed-failure.ts';
import { Simulation } from './simulation.ts';
import { computePath } from './simulated-network.ts';

/** Time for the last gains to be booked and the last writes to commit. */
const SETTLING_MS = 5_000;
/** Once faults have stopped: this, and so many times what the slowest alone would need to serve everybody. */
const BOUND_MS = 120_000;
const BOUND_FACTOR = 1.5;

/**
 * Runs the scenario to its end and checks every invariant after every step, for small swarms. Returns the steps taken.
 * @throws SeedFailure where the engine broke a promise or did not come to an end, and whatever else was thrown
 */
export function runChecked(scenario: Scenario): number {
  let books: BooksWatch | undefined;
  const simulation: Simulation = new Simulation(scenario, {
    onStep: (nowMs, host, event, effects) => {
      books?.recordStep(nowMs, host, event);
      if (host.isLiar) return;
      blame(host, () => checkStep({ host, event, effects, network: simulation.network }));
    },
  });
  books = new BooksWatch(simulation);
  try {
    runToTheEnd(simulation);
  } catch (error) {
    throw new SeedFailure(simulation, error);
  }
  return simulation.stepCount;
}

function runToTheEnd(simulation: Simulation): void {
  const { queue, hosts, scenario } = simulation;
  simulation.plan();
  queue.runUntil(scenario.faultsEndMs);
  simulation.faults.endFaults();
  let finishedCount = 0;
  // Nobody loses anything any more, so whoever has finished need not be looked at again.
  queue.runUntil(scenario.faultsEndMs + computeDeadlineMs(simulation), () => {
    for (let host = hosts[finishedCount]; host !== undefined; host = hosts[finishedCount]) {
      if (host.isOnline && !host.held.isFull) return false;
      finishedCount += 1;
    }
    return true;
  });
  queue.runUntil(queue.nowMs + SETTLING_MS);
  for (const host of hosts) {
    if (host.isOnline && !host.isLiar) blame(host, () => checkComplete(host));
  }
  checkBooks(simulation.tracker, hosts);
}

function computeDeadlineMs({ hosts, scenario }: Simulation): number {
  const honest = hosts.filter(({ isOnline, isLiar }) => isOnline && !isLiar);
  const rates = honest
    // Nobody has to wait for a dripper but itself, where it lost something: what it asks for leaves by its own uplink.
    .filter(({ plan, held }) => plan.role !== 'dripper' || !held.isFull)
    .map((host) => computeSlowestRate(host, honest));
  const allBytes = hosts.length * scenario.geometry.streamLength;
  // Nobody is told of a stall: the engine has to give the source up.
  const stalledMs = scenario.faults.some(({ type }) => type === 'stall-strand')
    ? DEAD_SOURCE_TIMEOUT_MS
    : 0;
  return BOUND_MS + stalledMs + (BOUND_FACTOR * 1_000 * allBytes) / Math.min(...rates);
}

/** Bytes a second to whichever of the others loss and distance make the slowest to serve. */
function computeSlowestRate(host: SimulatedHost, others: readonly SimulatedHost[]): number {
  const rates = others.map((other) => {
    const { latencyMs, lossRate } = computePath(host, other);
    return estimateSteadyRate(2 * latencyMs, lossRate);
  });
  return Math.min(host.access.uplink.bytesPerSecond, ...rates);
}

function blame(host: SimulatedHost, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    throw new InvariantError(`host ${host.index} ${error.message}`, { cause: error });
  }
}
