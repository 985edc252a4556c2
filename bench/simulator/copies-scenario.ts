import type { Geometry } from '../../shared/share/geometry.ts';
import type { Random } from '../../shared/swarm/random.ts';
import type { Fault } from './fault-plan.ts';
import type { HostPlan, HostRole, Scenario } from './scenario.ts';
import { computeSealedLength } from '../../shared/share/geometry.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { PLAIN_HOST, createGeometry, isVolunteer } from './scenario.ts';
import { describeReplay } from './seed-failure.ts';

const PIECE_SIZE = 64 * 1024;
const MAX_PIECES = 24;
const FAULTS_END_MS = 120_000;
const MAX_FAULTS = 10;
const EXCUSES = ['says-lost', 'shows-other', 'says-nothing'] as const;
const TARGETS = [2, 2, 2, 1, 3] as const;
const MAX_COPIES = 3;
/** With so many more than copies there is always somebody else to ask. */
const SPARE_VOLUNTEERS = 1;

/** A sharer that asks for copies, a few members, and volunteers of every kind, drawn from the seed alone. */
export function drawCopiesScenario(seed: number): Scenario {
  const random = createRandom(seed);
  const geometry = createGeometry(1 + random.below(MAX_PIECES), PIECE_SIZE);
  const copies = TARGETS[random.below(TARGETS.length)] ?? 2;
  const draw = (role: HostRole): HostPlan => drawHost(role, geometry, random);
  const times = (count: number, role: HostRole): HostPlan[] =>
    Array.from({ length: count }, () => draw(role));
  const hosts = [
    draw('sharer'),
    ...times(random.below(4), 'leecher'),
    ...Array.from({ length: MAX_COPIES + SPARE_VOLUNTEERS + random.below(3) }, () =>
      drawRoomy(geometry, random),
    ),
    ...times(random.below(3), 'volunteer'),
    ...times(random.below(3), 'lying-volunteer'),
    ...times(random.below(3), 'discarding-volunteer'),
  ];
  const faults = drawFaults(hosts, random);
  // Comes when the sharer has left.
  const newcomer: HostPlan = { ...draw('leecher'), joinsAtMs: Infinity };
  return {
    seed,
    replay: describeReplay('copies-seeds', seed),
    geometry,
    copies,
    hosts: [...hosts, newcomer],
    // A newcomer has to reach whoever was counted.
    refusedPairsPercent: 0,
    areSourcesReachable: true,
    faults,
    faultsEndMs: FAULTS_END_MS,
  };
}

function computeStreamBytes(geometry: Geometry): number {
  return geometry.pieceCount * computeSealedLength(geometry, 0);
}

function drawHost(role: HostRole, geometry: Geometry, random: Random): HostPlan {
  const host = {
    ...PLAIN_HOST,
    role,
    uplinkBytesPerSecond: 60_000 + random.below(2_000_000),
    latencyMs: 1 + random.below(80),
    joinsAtMs: role === 'sharer' || random.below(2) === 0 ? 0 : random.below(40_000),
  };
  if (!isVolunteer(host)) return host;
  const offeredBytes = Math.ceil((computeStreamBytes(geometry) * (1 + random.below(120))) / 100);
  return { ...host, offeredBytes, excuse: drawExcuse(role, random) };
}

/** Has room for everything. */
function drawRoomy(geometry: Geometry, random: Random): HostPlan {
  const offeredBytes = computeStreamBytes(geometry) * (1 + random.below(3));
  return { ...drawHost('volunteer', geometry, random), offeredBytes };
}

function drawExcuse(role: HostRole, random: Random): HostPlan['excuse'] {
  if (role === 'volunteer') return 'says-lost';
  const first = role === 'lying-volunteer' ? 1 : 0;
  return EXCUSES[first + random.below(EXCUSES.length - first)] ?? 'says-nothing';
}

function drawFaults(hosts: readonly HostPlan[], random: Random): readonly Fault[] {
  const discards = hosts.flatMap(({ role }, host): Fault[] => {
    if (role !== 'discarding-volunteer') return [];
    const percent = random.below(2) === 0 ? 100 : 1 + random.below(100);
    return [{ type: 'discard', host, atMs: 10_000 + random.below(80_000), percent }];
  });
  const others = Array.from({ length: random.below(MAX_FAULTS + 1) }, () =>
    drawFault(hosts, random),
  );
  return [...discards, ...others].toSorted((a, b) => a.atMs - b.atMs);
}

const TYPES = [
  'leave',
  'leave',
  'crash',
  'crash',
  'vanish',
  'vanish',
  'cut',
  'cut',
  'freeze',
  'delay',
  'lose-packets',
  'lose-piece',
  'shrink',
  'ask-for-copies',
  'lose-signals',
  'restart-tracker',
] as const;

function drawFault(hosts: readonly HostPlan[], random: Random): Fault {
  const atMs = random.below(FAULTS_END_MS);
  const forMs = random.below(FAULTS_END_MS - atMs);
  const host = random.below(hosts.length);
  const type = TYPES[random.below(TYPES.length)] ?? 'cut';
  switch (type) {
    case 'leave':
    case 'vanish':
      return { type, host, atMs, forMs };
    case 'crash': {
      const tornPercent = random.below(2) * random.below(60);
      return { type, host, atMs, forMs, tornPercent, isAltered: random.below(2) === 0 };
    }
    case 'cut':
      return { type, host, atMs };
    case 'freeze':
      return { type, host, atMs, forMs: Math.min(forMs, 15_000) };
    case 'delay':
      return { type, host, atMs, forMs, addedMs: 50 + random.below(1_000) };
    case 'lose-packets':
      return { type, host, atMs, forMs, lossRate: (1 + random.below(50)) / 1_000 };
    case 'lose-piece':
      return { type, host, atMs, isSilent: random.below(2) === 0 };
    case 'shrink':
      return { type, host, atMs, percent: shrinksTo(hosts[host], random) };
    case 'ask-for-copies':
      return { type, atMs, copies: random.below(MAX_COPIES + 1) };
    case 'lose-signals':
    case 'restart-tracker':
      return { type, atMs, forMs: Math.min(forMs, 20_000) };
  }
}

/** Those with room for everything keep so much, or there might not be enough in the end. */
function shrinksTo(plan: HostPlan | undefined, random: Random): number {
  return plan?.role === 'volunteer' ? 100 : random.below(100);
}
