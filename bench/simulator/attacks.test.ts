import { describe, expect, test } from 'vitest';
import type { SwarmEffect, SwarmEvent } from '../../shared/swarm/swarm-events.ts';
import type { Fault } from './fault-plan.ts';
import type { HostPlan, HostRole } from './scenario.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { checkComplete, checkStep } from './invariants.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';
import { Simulation } from './simulation.ts';

const KIB = 1024;
const GEOMETRY = createGeometry(64, 64 * KIB);
const SEALED_PIECE = 64 * KIB + 80;
const DEADLINE_MS = 600_000;

type Step = (host: SimulatedHost, event: SwarmEvent, effects: readonly SwarmEffect[]) => void;

/** The sharer is host 0. */
function createSwarm(
  hosts: readonly HostPlan[],
  faults: readonly Fault[] = [],
  onStep: Step = () => {},
  seed = 1,
): Simulation {
  const simulation = new Simulation(
    {
      seed,
      geometry: GEOMETRY,
      hosts,
      refusedPairsPercent: 0,
      areSourcesReachable: true,
      faults,
      faultsEndMs: 0,
    },
    {
      onStep: (_nowMs, host, event, effects) => {
        onStep(host, event, effects);
      },
    },
  );
  simulation.plan();
  return simulation;
}

/** Returns when, in simulated milliseconds, the last of the downloaders that are asked for has everything. */
function runToTheEnd({ queue, hosts }: Simulation, isAskedFor = isLeecher): number {
  const asked = hosts.filter(isAskedFor);
  queue.runUntil(DEADLINE_MS, () => asked.every(({ held }) => held.isFull));
  const endedAtMs = queue.nowMs;
  queue.runUntil(endedAtMs + 5_000);
  for (const host of asked) checkComplete(host);
  return endedAtMs;
}

function isLeecher({ plan }: SimulatedHost): boolean {
  return plan.role === 'leecher';
}

function host(role: HostRole, change: Partial<HostPlan> = {}): HostPlan {
  return { ...PLAIN_HOST, role, ...change };
}

function times(count: number, plan: HostPlan): readonly HostPlan[] {
  return Array.from({ length: count }, () => plan);
}

describe('peers that send false pieces', () => {
  test.each([
    ['case P12; E2, E3: one of five', 1, 3],
    ['case P13; E2, E3: nine of ten', 9, 0],
  ])('%s: each gets rid of one piece and is banned', (_, liarCount, otherCount) => {
    const lied = new Map<string, number>();
    const refused = new Map<string, number>();
    const liars = times(liarCount, host('liar', { uplinkBytesPerSecond: 5_000_000 }));
    const hosts = [host('sharer'), ...times(1 + otherCount, host('leecher')), ...liars];
    const simulation = createSwarm(hosts, [], (receiver, event, effects) => {
      if (!receiver.isLiar)
        checkStep({ host: receiver, event, effects, network: simulation.network });
      if (event.type !== 'block' && event.type !== 'piece-refused') return;
      const sender = simulation.network.hostOf(event.peerId);
      if (sender?.isLiar !== true) return;
      const pair = `${sender.index} to ${receiver.index}`;
      if (event.type === 'block') lied.set(pair, (lied.get(pair) ?? 0) + event.byteLength);
      else refused.set(pair, (refused.get(pair) ?? 0) + 1);
    });
    runToTheEnd(simulation);
    expect(refused.size).toBeGreaterThanOrEqual(liarCount);
    expect(Math.max(...refused.values())).toBe(1);
    expect(Math.max(...lied.values())).toBeLessThanOrEqual(SEALED_PIECE);
  });
});

test.each<[string, number, readonly Fault[]]>([
  [
    'case P14; E6, E7: three of four that claim all fall silent for ever',
    1_000_000,
    [1, 2, 3].map((index) => fallSilent(1 + index)),
  ],
  ['case P15; E6, E7: three of four that claim all need half a minute for a block', 1_000, []],
])('%s', (_, rate, faults) => {
  const useless = times(3, host('dripper', { uplinkBytesPerSecond: rate }));
  let askedCount = 0;
  const alone = runToTheEnd(createSwarm([host('sharer'), host('leecher')]));
  const simulation = createSwarm(
    [host('sharer'), host('leecher'), ...useless],
    faults,
    (_h, _e, effects) => {
      for (const effect of effects) {
        if (effect.type !== 'send' || effect.message.type !== 'request') continue;
        if (simulation.network.hostOf(effect.peerId)?.plan.role === 'dripper') askedCount += 1;
      }
    },
  );
  const beside = runToTheEnd(simulation);
  process.stdout.write(
    `of no use: ${alone} ms alone, ${beside} ms beside three, asked ${askedCount}\n`,
  );
  expect(askedCount).toBeGreaterThan(0);
  // A source may be silent for ten seconds before its first block; then another takes over.
  expect(beside - alone).toBeLessThan(12_000);
});

function fallSilent(index: number): Fault {
  return { type: 'freeze', host: index, atMs: 500, forMs: DEADLINE_MS };
}

test.each([1, 2, 3, 4, 5, 6])(
  'case P18; E5, E8, E9: a hundred thousand requests of one peer, again and again, leave the others as they were (seed %i)',
  (seed) => {
    const slowly = { uplinkBytesPerSecond: 200_000 };
    const flooder = host('leecher', { uplinkBytesPerSecond: 10_000_000 });
    const hosts = [host('sharer', slowly), ...times(4, host('leecher', slowly)), flooder];
    const undisturbedMs = runToTheEnd(createSwarm(hosts, [], undefined, seed), isHonest);
    let floodCount = 0;
    const countFloods: Step = (_host, _event, effects) => {
      for (const effect of effects) {
        if (effect.type === 'disconnect' && effect.reason === 'request-flood') floodCount += 1;
      }
    };
    const simulation = createSwarm(hosts, [], countFloods, seed);
    for (let second = 1; second < 60; second += 1) {
      simulation.queue.at(second * 1_000, () => flood(simulation));
    }
    const disturbedMs = runToTheEnd(simulation, isHonest);
    const speed = undisturbedMs / disturbedMs;
    process.stdout.write(`floods: ${floodCount}; the others: ${speed} of their speed\n`);
    expect(speed).toBeGreaterThan(0.8);
    expect(floodCount).toBeGreaterThan(1);
  },
);

/** All that download but the last, which floods. */
function isHonest({ index, plan }: SimulatedHost): boolean {
  return plan.role === 'leecher' && index < 5;
}

/** The last host asks the sharer for everything there is, many times over. */
function flood({ hosts }: Simulation): void {
  const [sharer, flooder] = [hosts[0], hosts.at(-1)];
  const sessions = [...(flooder?.sessions.values() ?? [])];
  const session = sessions.find(({ remote }) => remote === sharer);
  for (let i = 0; i < 100_000; i += 1) {
    const [piece, block] = [i % GEOMETRY.pieceCount, i % 2];
    session?.channel.send({ type: 'request', piece, block });
  }
}

test('case P24; E16: all sources leave for a minute: the download goes on by itself when they return', () => {
  const [atMs, forMs] = [2_000, 60_000];
  const hosts = [host('sharer'), ...times(3, host('leecher'))];
  const faults = [0, 2, 3].map((index) => ({ type: 'leave' as const, host: index, atMs, forMs }));
  const simulation = createSwarm(hosts, faults);
  let heldMeanwhile = 0;
  simulation.queue.at(atMs + forMs, () => {
    heldMeanwhile = simulation.hosts[1]?.held.count ?? 0;
  });
  const endedAtMs = runToTheEnd(simulation);
  process.stdout.write(
    `all back: ${heldMeanwhile} of 64, done after ${endedAtMs - atMs - forMs} ms\n`,
  );
  expect(heldMeanwhile).toBeGreaterThan(0);
  expect(heldMeanwhile).toBeLessThan(GEOMETRY.pieceCount);
  // Whoever is hungry asks the tracker every ten to thirteen seconds.
  expect(endedAtMs - atMs - forMs).toBeLessThan(13_000 + 10_000);
});
