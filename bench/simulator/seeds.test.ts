import { describe, expect, test } from 'vitest';
import type { Scenario } from './scenario.ts';
import { runChecked } from './checked-run.ts';
import { runCopies } from './copies-run.ts';
import { drawCopiesScenario } from './copies-scenario.ts';
import { drawMixedScenario } from './mixed-scenario.ts';
import { SeedFailure } from './seed-failure.ts';
import { drawSeedScenario } from './seed-scenario.ts';
import { runManySeeds } from './seeds.ts';

/** A bug that is no broken promise. */
function withBug(scenario: Scenario): Scenario {
  return {
    ...scenario,
    get faults(): Scenario['faults'] {
      throw new TypeError('nothing is not iterable');
    },
  };
}

function failureOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('whatever is thrown is told with its seed and the command that runs it again', () => {
  test.each([
    ['seeds', 12, () => runChecked(withBug(drawSeedScenario(12)))],
    ['copies-seeds', 7, () => runCopies(withBug(drawCopiesScenario(7)))],
  ])('%s', (bench, seed, run) => {
    const failure = failureOf(run);
    expect(failure).toBeInstanceOf(SeedFailure);
    expect(failure).toMatchObject({
      message: `seed ${seed}, 0 ms: TypeError: nothing is not iterable (again: npm run bench -- ${bench} --count 1 --first ${seed})`,
    });
  });

  test('mild weather is part of the command', () => {
    expect(drawSeedScenario(9, 'mild').replay).toBe(
      'npm run bench -- seeds --count 1 --first 9 --scenario mild',
    );
  });

  test('the others still run', () => {
    const seeds: number[] = [];
    const failedCount = runManySeeds('seeds', { first: 5, count: 4 }, (seed) => {
      seeds.push(seed);
      if (seed === 6) throw new TypeError('a bug');
      return 1;
    });
    expect([failedCount, seeds]).toEqual([1, [5, 6, 7, 8]]);
  });
});

test('every fourth seed has wishes, wherever it is run', () => {
  const seeds = Array.from({ length: 8 }, (_, i) => 1 + i);
  const wishful = seeds.filter((seed) => drawSeedScenario(seed).wishes !== undefined);
  expect(wishful).toEqual([4, 8]);
  expect(drawSeedScenario(5)).toMatchObject(drawMixedScenario(5));
});
