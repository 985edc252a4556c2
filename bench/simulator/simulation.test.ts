import { describe, expect, test } from 'vitest';
import type { Weather } from './fault-plan.ts';
import { runChecked } from './checked-run.ts';
import { runCrowd } from './crowd-run.ts';
import { drawMixedScenario } from './mixed-scenario.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';
import { drawSeedScenario } from './seed-scenario.ts';
import { Simulation } from './simulation.ts';
import { TraceDigest } from './trace-digest.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** One in four with wishes. */
const SEED_COUNT = 1_200;
const SEEDS_A_TEST = 10;

describe('E1, E2, E3, E11, E14, E16, E27, E28: any small swarm, whatever fails and whatever is wanted first, keeps every invariant and comes to its end', () => {
  test.each(Array.from({ length: SEED_COUNT / SEEDS_A_TEST }, (_, i) => 1 + i * SEEDS_A_TEST))(
    'seeds from %i on',
    (first) => {
      for (let seed = first; seed < first + SEEDS_A_TEST; seed += 1) {
        expect(runChecked(drawSeedScenario(seed))).toBeGreaterThan(0);
      }
    },
  );
});

describe('seeds that once failed', () => {
  test.each<readonly [number, Weather, string]>([
    [9, 'mild', 'a piece that was being verified was fetched again from the same peer'],
    [37, 'mild', 'receivers gave up on a slow uplink before it could finish one block for each'],
    [210, 'mild', 'the same, when the sender gave up'],
    [153, 'harsh', 'files chosen again stayed in assembly where they were just being fetched'],
    [435, 'harsh', 'the same, with a piece of 1 MiB'],
    [424, 'harsh', 'a piece that was gained and lost within a second was announced'],
    [702, 'harsh', 'the same'],
    [663, 'harsh', 'of two sources that were told to stop one began anew with what the other left'],
    [7562, 'harsh', 'a dripper lost a piece, and asked for it behind what it was sending'],
    [15314, 'harsh', 'loss and distance, not its uplink, decided how fast a host was served'],
    [
      17525,
      'harsh',
      'two sources of 2 kB/s had a piece between them, and nobody else was asked for it',
    ],
    [55_112, 'harsh', 'a seeder that lost a piece asked the tracker for others after two minutes'],
    [59_317, 'harsh', 'the same'],
  ])('seed %i, %s: %s', (seed, weather, _why) => {
    expect(runChecked(drawSeedScenario(seed, weather))).toBeGreaterThan(0);
  });
});

function digest(seed: number): string {
  const trace = new TraceDigest();
  const simulation = new Simulation(drawMixedScenario(seed), {
    onStep: (nowMs, host, event, effects) =>
      trace.add(JSON.stringify([nowMs, host.index, event, effects])),
  });
  simulation.plan();
  simulation.queue.runUntil(60_000);
  return trace.value;
}

describe('determinism', () => {
  test('E15: the same seed gives the same trace, and another seed another one', () => {
    expect(digest(5)).toBe(digest(5));
    expect(digest(6)).not.toBe(digest(5));
  });
});

function runFlashCrowd(
  leecherCount: number,
  uplinkBytesPerSecond: number,
  streamLength: number,
  pieceSize: number,
) {
  const geometry = createGeometry(streamLength / pieceSize, pieceSize);
  const host = { ...PLAIN_HOST, uplinkBytesPerSecond };
  const leechers = Array.from({ length: leecherCount }, () => ({
    ...host,
    role: 'leecher' as const,
  }));
  const hosts = [{ ...host, role: 'sharer' as const }, ...leechers];
  const scenario = { seed: 1, geometry, hosts, refusedPairsPercent: 0, areSourcesReachable: true };
  const result = runCrowd({ ...scenario, faults: [], faultsEndMs: 0 });
  const wasted = result.hosts.reduce((sum, host) => sum + host.wastedBytes, 0);
  return {
    sharerSent: (result.hosts[0]?.access.uplink.sentBytes ?? 0) / streamLength,
    duplicates: wasted / (leecherCount * streamLength),
    time: result.endedAtMs / result.boundMs,
  };
}

describe('one sharer and four leechers that start together on equal uplinks', () => {
  test.each([
    { streamLength: 16 * MIB, pieceSize: 64 * KIB, uplinkBytesPerSecond: 1_000_000 },
    { streamLength: 64 * MIB, pieceSize: 64 * KIB, uplinkBytesPerSecond: 5_000_000 },
    { streamLength: 256 * MIB, pieceSize: 256 * KIB, uplinkBytesPerSecond: 10_000_000 },
  ])(
    'E9: the sharer sends it little more than once: $streamLength bytes at $uplinkBytesPerSecond B/s',
    ({ streamLength, pieceSize, uplinkBytesPerSecond }) => {
      const measured = runFlashCrowd(4, uplinkBytesPerSecond, streamLength, pieceSize);
      process.stdout.write(`1 + 4, ${streamLength / MIB} MiB: ${JSON.stringify(measured)}\n`);
      expect(measured.sharerSent).toBeLessThanOrEqual(1.25);
      expect(measured.duplicates).toBeLessThanOrEqual(0.03);
      expect(measured.time).toBeLessThanOrEqual(1.5);
    },
  );
});

test('fifty leechers finish a flash crowd close to the fluid bound', () => {
  const measured = runFlashCrowd(50, 1_000_000, 16 * MIB, 64 * KIB);
  process.stdout.write(`1 + 50: ${JSON.stringify(measured)}\n`);
  expect(measured.time).toBeLessThanOrEqual(2.5);
});
