import { describe, expect, test } from 'vitest';
import type { Scenario } from './scenario.ts';
import { drawMixedScenario } from './mixed-scenario.ts';
import { computeFluidBoundMs, createFlashCrowd, createGeometry } from './scenario.ts';
import { Simulation } from './simulation.ts';
import { TraceDigest } from './trace-digest.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const SEED_COUNT = 100;
const SEEDS_A_TEST = 10;

function runChecked(scenario: Scenario) {
  return new Simulation(scenario, { isChecked: true }).run();
}

describe('E1, E2, E3, E11, E14, E16: any small swarm, whatever fails, keeps every invariant and comes to its end', () => {
  test.each(Array.from({ length: SEED_COUNT / SEEDS_A_TEST }, (_, i) => 1 + i * SEEDS_A_TEST))(
    'seeds from %i on',
    (first) => {
      for (let seed = first; seed < first + SEEDS_A_TEST; seed += 1) {
        expect(runChecked(drawMixedScenario(seed)).stepCount).toBeGreaterThan(0);
      }
    },
  );
});

describe('seeds that once failed', () => {
  test.each([
    [9, 'a piece that was being verified was fetched again from the same peer'],
    [37, 'receivers gave up on a slow uplink before it could finish one block for each'],
    [210, 'the same, when the sender gave up'],
  ])('seed %i: %s', (seed) => {
    runChecked(drawMixedScenario(seed));
  });
});

function digest(seed: number): string {
  const trace = new TraceDigest();
  new Simulation(drawMixedScenario(seed), {
    isChecked: false,
    onStep: (nowMs, host, event, effects) =>
      trace.add(JSON.stringify([nowMs, host.index, event, effects])),
  }).run();
  return trace.value;
}

describe('determinism', () => {
  test('E15: the same seed gives the same trace, and another seed another one', () => {
    expect(digest(5)).toBe(digest(5));
    expect(digest(6)).not.toBe(digest(5));
  });
});

describe('one sharer and four leechers that start together on equal uplinks', () => {
  test.each([
    { streamLength: 16 * MIB, pieceSize: 64 * KIB, uplinkBytesPerSecond: 1_000_000 },
    { streamLength: 64 * MIB, pieceSize: 64 * KIB, uplinkBytesPerSecond: 5_000_000 },
    { streamLength: 256 * MIB, pieceSize: 256 * KIB, uplinkBytesPerSecond: 10_000_000 },
  ])(
    'E9: the sharer sends it little more than once: $streamLength bytes at $uplinkBytesPerSecond B/s',
    ({ streamLength, pieceSize, uplinkBytesPerSecond }) => {
      const geometry = createGeometry(streamLength / pieceSize, pieceSize);
      const crowd = { seed: 1, leecherCount: 4, uplinkBytesPerSecond, latencyMs: 15, geometry };
      const scenario = createFlashCrowd(crowd);
      const simulation = new Simulation(scenario, { isChecked: streamLength < 32 * MIB });
      const result = simulation.run();
      const measured = {
        sharerSent: result.sharerSentBytes / streamLength,
        duplicates: result.wastedBytes / (4 * streamLength),
        time: result.lastCompletedAtMs / computeFluidBoundMs(scenario),
      };
      process.stdout.write(`1 + 4, ${streamLength / MIB} MiB: ${JSON.stringify(measured)}\n`);
      expect(measured.sharerSent).toBeLessThanOrEqual(1.25);
      expect(measured.duplicates).toBeLessThanOrEqual(0.03);
      expect(measured.time).toBeLessThanOrEqual(1.5);
    },
  );
});

test('fifty leechers finish a flash crowd close to the fluid bound', () => {
  const geometry = createGeometry(256, 64 * KIB);
  const crowd = { seed: 1, leecherCount: 50, uplinkBytesPerSecond: 1_000_000, latencyMs: 15 };
  const scenario = createFlashCrowd({ ...crowd, geometry });
  const result = new Simulation(scenario, { isChecked: false }).run();
  const time = result.lastCompletedAtMs / computeFluidBoundMs(scenario);
  const sharerSent = result.sharerSentBytes / geometry.streamLength;
  process.stdout.write(`1 + 50: ${JSON.stringify({ time, sharerSent, ...result })}\n`);
  expect(time).toBeLessThanOrEqual(2.5);
});
