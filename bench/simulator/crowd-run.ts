import type { EngineMeter } from './engine-meter.ts';
import type { Scenario } from './scenario.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { computeFluidBoundMs } from './fluid-bound.ts';
import { isDownloader } from './scenario.ts';
import { TRACKER_DELAY_MS } from './simulated-tracker.ts';
import { Simulation } from './simulation.ts';

/** Given up after so many times the fluid bound and a while, counted from when the last has joined. */
const MAX_BOUNDS = 6;
const GRACE_MS = 60_000;
/** Looks at how far everybody is so many times in one fluid bound. */
const SAMPLES_A_BOUND = 50;

/** How far the crowd is at one moment, as parts of 1. */
export interface CrowdSample {
  readonly atMs: number;
  readonly heldPart: number;
  readonly completePart: number;
}

export interface CrowdResult {
  readonly boundMs: number;
  readonly hosts: readonly SimulatedHost[];
  readonly samples: readonly CrowdSample[];
  /** When the last one finished, or everything was given up. */
  readonly endedAtMs: number;
  readonly messageCount: number;
  readonly stepCount: number;
}

/** Runs a swarm of any size until everybody who stays has everything, and looks at it from time to time. */
export function runCrowd(scenario: Scenario, meter?: EngineMeter): CrowdResult {
  let completedCount = 0;
  let lastCompletedMs = 0;
  const simulation = new Simulation(scenario, {
    ...(meter === undefined ? {} : { meter }),
    lookaheadMs: computeLookaheadMs(scenario),
    onComplete: (host) => {
      if (!isDownloader(host.plan)) return;
      completedCount += 1;
      lastCompletedMs = Math.max(lastCompletedMs, host.agenda.nowMs);
    },
  });
  const { queue, hosts, network } = simulation;
  const downloaders = hosts.filter(({ plan }) => isDownloader(plan));
  const boundMs = computeFluidBoundMs(scenario.geometry, scenario.hosts);
  const samples: CrowdSample[] = [];
  const takeSample = (): void => {
    samples.push({ atMs: queue.nowMs, ...computeParts(downloaders) });
    queue.after(boundMs / SAMPLES_A_BOUND, takeSample);
  };
  simulation.plan();
  takeSample();
  const lastJoinMs = scenario.hosts.reduce((last, plan) => Math.max(last, plan.joinsAtMs), 0);
  const deadlineMs = Math.max(lastJoinMs, scenario.faultsEndMs) + MAX_BOUNDS * boundMs + GRACE_MS;
  queue.runUntil(deadlineMs, () => completedCount === downloaders.length);
  // The last to be let run need not be the last to finish.
  const endedAtMs = Math.max(queue.nowMs, lastCompletedMs);
  samples.push({ atMs: endedAtMs, ...computeParts(downloaders) });
  return {
    boundMs,
    hosts,
    samples,
    endedAtMs,
    messageCount: network.messageCount,
    stepCount: simulation.stepCount,
  };
}

function computeParts(downloaders: readonly SimulatedHost[]): Omit<CrowdSample, 'atMs'> {
  let held = 0;
  let complete = 0;
  let wanted = 0;
  for (const { held: bitfield } of downloaders) {
    held += bitfield.count;
    wanted += bitfield.length;
    if (bitfield.isFull) complete += 1;
  }
  return { heldPart: held / wanted, completePart: complete / downloaders.length };
}

/** Nothing that a host does reaches another sooner: over the network, or over the tracker. */
function computeLookaheadMs({ hosts }: Scenario): number {
  return 2 * hosts.reduce((least, host) => Math.min(least, host.latencyMs), TRACKER_DELAY_MS / 2);
}
