import type { EngineMeter } from './engine-meter.ts';
import type { Scenario } from './scenario.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
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
  const complete = new Set<SimulatedHost>();
  const simulation = new Simulation(scenario, {
    ...(meter === undefined ? {} : { meter }),
    lookaheadMs: computeLookaheadMs(scenario),
    onComplete: (host) => {
      if (isDownloader(host.plan)) complete.add(host);
    },
    onIncomplete: (host) => complete.delete(host),
  });
  const { queue, hosts, network } = simulation;
  const downloaders = hosts.filter(({ plan }) => isDownloader(plan));
  const boundMs = computeFluidBoundMs(scenario.geometry, scenario.hosts);
  const samples: CrowdSample[] = [];
  const takeSample = (): void => {
    samples.push({ atMs: queue.nowMs, ...computeParts(downloaders) });
    for (const host of hosts) if (mayLeave(host, hosts)) host.leave(0);
    queue.after(boundMs / SAMPLES_A_BOUND, takeSample);
  };
  simulation.plan();
  takeSample();
  const lastJoinMs = scenario.hosts.reduce((last, plan) => Math.max(last, plan.joinsAtMs), 0);
  const deadlineMs = Math.max(lastJoinMs, scenario.faultsEndMs) + MAX_BOUNDS * boundMs + GRACE_MS;
  queue.runUntil(deadlineMs, () => complete.size === downloaders.length);
  // The last to be let run need not be the last to finish.
  const endedAtMs = [...complete].reduce(
    (last, { record }) => Math.max(last, record.completedAtMs),
    queue.nowMs,
  );
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

/** It has sent what it wants to at least, and the others together hold everything. */
function mayLeave(host: SimulatedHost, hosts: readonly SimulatedHost[]): boolean {
  const { isOnline, access, plan } = host;
  if (!isOnline || access.uplink.sentBytes < plan.enoughSentBytes) return false;
  const others = hosts.filter((other) => other !== host && other.isOnline && !other.isLiar);
  return [...Bitfield.full(host.held.length).pieces()].every((piece) =>
    others.some(({ held }) => held.has(piece)),
  );
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
