import type { Scenario } from './scenario.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { BooksWatch } from './books-watch.ts';
import { UNNOTICED_MS } from './copy-truth.ts';
import { CopyInvariants } from './copy-invariants.ts';
import { InvariantError, check, checkComplete, checkStep } from './invariants.ts';
import { SeedFailure } from './seed-failure.ts';
import { Simulation } from './simulation.ts';

/** Once faults have stopped: deadlines of what was promised, pauses after them, and transfers over slow uplinks. */
const BOUND_MS = 400_000;
const BOUND_FACTOR = 3;

export interface CopiesResult {
  readonly steps: number;
  /** From the end of all faults until the sharer may close, in milliseconds. */
  readonly safeAfterMs: number;
}

/**
 * Runs the scenario, has the sharer leave when its page says that it may, and lets somebody else download everything.
 * Every invariant is checked after every step.
 * @throws SeedFailure where something was promised that is not so, or nothing ever is, and whatever else was thrown
 */
export function runCopies(scenario: Scenario): CopiesResult {
  let invariants: CopyInvariants | undefined;
  let books: BooksWatch | undefined;
  const simulation: Simulation = new Simulation(scenario, {
    onHoldings: (host, noticedAfterMs) => invariants?.recordHoldings(host, noticedAfterMs),
    onStep: (nowMs, host, event, effects) => {
      books?.recordStep(nowMs, host, event);
      const step = { host, event, effects, network: simulation.network };
      blame(host, () => {
        if (!host.isLiar) checkStep(step);
        invariants?.checkStep(step);
      });
    },
  });
  const [sharer] = simulation.hosts;
  if (sharer === undefined) throw new RangeError('nobody shares');
  invariants = new CopyInvariants(sharer);
  books = new BooksWatch(simulation);
  try {
    const safeAfterMs = runToTheEnd(simulation, sharer);
    return { steps: simulation.stepCount, safeAfterMs };
  } catch (error) {
    throw new SeedFailure(simulation, error);
  }
}

function runToTheEnd(simulation: Simulation, sharer: SimulatedHost): number {
  const { queue, hosts, scenario, faults } = simulation;
  simulation.plan();
  queue.runUntil(scenario.faultsEndMs);
  faults.endFaults();
  sharer.askForCopies(scenario.copies ?? 0);
  // What came to light only now is noticed by then.
  queue.runUntil(queue.nowMs + UNNOTICED_MS);
  const boundMs = computeBoundMs(simulation);
  queue.runUntil(queue.nowMs + boundMs, () => mayClose(sharer));
  check(mayClose(sharer), `never may be closed: ${describeCopies(simulation, sharer)}`);
  const safeAfterMs = queue.nowMs - scenario.faultsEndMs;
  sharer.leave(0);
  const newcomer = hosts.at(-1);
  newcomer?.join();
  queue.runUntil(queue.nowMs + boundMs, () => newcomer?.held.isFull === true);
  queue.runUntil(queue.nowMs + 1_000);
  if (newcomer !== undefined) blame(newcomer, () => checkComplete(newcomer));
  return safeAfterMs;
}

function mayClose(sharer: SimulatedHost): boolean {
  return sharer.snapshot().copies?.mayClose === true;
}

function computeBoundMs({ hosts, scenario }: Simulation): number {
  const rates = hosts.map(({ access }) => access.uplink.bytesPerSecond);
  const bytes = hosts.length * scenario.geometry.streamLength;
  return BOUND_MS + (BOUND_FACTOR * 1_000 * bytes) / Math.min(...rates);
}

function describeCopies({ tracker }: Simulation, sharer: SimulatedHost): string {
  const seen = [...(sharer.snapshot().copies?.counts ?? [])].join(' ');
  const booked = [...(tracker.replication?.copies ?? [])].join(' ');
  return `the sharer sees ${seen}, the tracker ${booked}`;
}

function blame(host: SimulatedHost, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    throw new InvariantError(`host ${host.index} (${host.plan.role}) ${error.message}`, {
      cause: error,
    });
  }
}
