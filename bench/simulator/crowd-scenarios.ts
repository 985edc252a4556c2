import type { Fault } from './fault-plan.ts';
import type { HostPlan, Scenario } from './scenario.ts';
import type { Random } from '../../shared/swarm/random.ts';
import { computeGeometry } from '../../shared/share/geometry.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { computeFluidBoundMs } from './fluid-bound.ts';
import { PLAIN_HOST } from './scenario.ts';

export interface CrowdSize {
  readonly seed: number;
  readonly peerCount: number;
  readonly streamLength: number;
}

/** A link of 8 Mbit/s up and 80 down, 30 ms from end to end: that of the races on shaped hosts. */
const HOST = { ...PLAIN_HOST, downlinkBytesPerSecond: 10_000_000, latencyMs: 7.5 };
const SHARER: HostPlan = { ...HOST, role: 'sharer' };
const LEECHER: HostPlan = { ...HOST, role: 'leecher' };
const MB = 1_000_000;
/** Somebody who leaves when complete stays to see that the file is there. */
const LINGERS_MS = 10_000;
const ARRIVALS_BOUNDS = 5;

interface Crowd {
  readonly hosts: readonly HostPlan[];
  readonly refusedPairsPercent?: number;
  readonly faults?: readonly Fault[];
}

type CrowdMaker = (size: CrowdSize, random: Random) => Crowd;

function repeat(count: number, make: (i: number) => HostPlan): readonly HostPlan[] {
  return Array.from({ length: Math.max(0, Math.round(count)) }, (_, i) => make(i));
}

/** A crowd that starts together, of so many of each kind. */
const MAKERS = {
  'flash-crowd': ({ peerCount }) => ({ hosts: [SHARER, ...repeat(peerCount, () => LEECHER)] }),
  arrivals: ({ peerCount, streamLength }, random) => {
    const spreadMs = (ARRIVALS_BOUNDS * 1_000 * streamLength) / LEECHER.uplinkBytesPerSecond;
    const arrive = (): HostPlan => ({
      ...LEECHER,
      joinsAtMs: random.below(spreadMs),
      lingersMs: LINGERS_MS,
    });
    return { hosts: [SHARER, ...repeat(peerCount, arrive)] };
  },
  churn: (size, random) => {
    const hosts = [SHARER, ...repeat(size.peerCount, () => LEECHER)];
    const endMs = computeFluidBoundMs(computeGeometry(size.streamLength), hosts);
    return { hosts, faults: drawChurn(size.peerCount, endMs, random) };
  },
  'slow-sharer': ({ peerCount }) => ({
    hosts: [{ ...SHARER, uplinkBytesPerSecond: MB / 4 }, ...repeat(peerCount, () => LEECHER)],
  }),
  unequal: ({ peerCount }) => ({
    hosts: [
      { ...SHARER, uplinkBytesPerSecond: 8 * MB },
      ...repeat(peerCount, (i) => ({
        ...LEECHER,
        uplinkBytesPerSecond: [1, 4, 8].map((rate) => rate * MB)[i % 3] ?? MB,
        downlinkBytesPerSecond: 20 * MB,
      })),
    ],
  }),
  liars: ({ peerCount }) => ({
    hosts: [
      SHARER,
      ...repeat(peerCount * 0.9, () => LEECHER),
      ...repeat(peerCount * 0.1, (): HostPlan => ({ ...LEECHER, role: 'liar' })),
    ],
  }),
  'free-riders': ({ peerCount }) => ({
    hosts: [
      SHARER,
      ...repeat(peerCount * 0.7, () => LEECHER),
      ...repeat(peerCount * 0.3, (): HostPlan => ({ ...LEECHER, role: 'free-rider' })),
    ],
  }),
  'sharer-leaves': ({ peerCount, streamLength }) => {
    // In a crowd it holds back soon after one copy (E20), so it would hardly ever send the most.
    const leaves = { enoughSentBytes: 1.02 * streamLength, maxSentBytes: 1.15 * streamLength };
    return { hosts: [{ ...SHARER, ...leaves }, ...repeat(peerCount, () => LEECHER)] };
  },
  nat: ({ peerCount }) => ({
    hosts: [SHARER, ...repeat(peerCount, () => LEECHER)],
    refusedPairsPercent: 30,
  }),
  lossy: ({ peerCount }) => {
    const line = { latencyMs: 40, lossRate: 0.005 };
    return {
      hosts: [{ ...SHARER, ...line }, ...repeat(peerCount, () => ({ ...LEECHER, ...line }))],
    };
  },
} satisfies Record<string, CrowdMaker>;

export type CrowdName = keyof typeof MAKERS;

export const CROWD_NAMES: readonly string[] = Object.keys(MAKERS);

export function isCrowdName(name: string): name is CrowdName {
  return Object.hasOwn(MAKERS, name);
}

/** Everything about one named crowd; what is drawn is drawn from the seed. */
export function createCrowd(name: CrowdName, size: CrowdSize): Scenario {
  const make: CrowdMaker = MAKERS[name];
  const { hosts, refusedPairsPercent = 0, faults = [] } = make(size, createRandom(size.seed));
  return {
    seed: size.seed,
    geometry: computeGeometry(size.streamLength),
    hosts,
    refusedPairsPercent,
    areSourcesReachable: false,
    faults,
    faultsEndMs: faults.reduce(
      (end, fault) => Math.max(end, fault.atMs + ('forMs' in fault ? fault.forMs : 0)),
      0,
    ),
  };
}

/** A third leave once, at any time, half of them without a word, and are back within a fifth of the time. */
function drawChurn(peerCount: number, endMs: number, random: Random): readonly Fault[] {
  const faults: Fault[] = [];
  for (let host = 1; host <= peerCount; host += 1) {
    if (random.below(3) > 0) continue;
    const when = { host, atMs: random.below(endMs), forMs: random.below(endMs / 5) };
    faults.push(
      random.below(2) === 0
        ? { type: 'leave', ...when }
        : { type: 'crash', ...when, tornPercent: 5, isAltered: false },
    );
  }
  return faults;
}
