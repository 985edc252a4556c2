import type { BenchOptions } from '../options.ts';
import { printLine } from '../report.ts';
import { runChecked } from './checked-run.ts';
import { InvariantError } from './invariants.ts';
import { drawMixedScenario } from './mixed-scenario.ts';
import { withWishes } from './wishes.ts';

const DEFAULT_COUNT = 1_000;
/** In every so many leechers want some pieces first, or some only. */
const WISHES_EVERY = 4;
const PROGRESS_EVERY = 1_000;

/** Runs many small swarms in which anything may fail, and prints what broke an invariant with how to see it again. */
export async function runSeeds(options: BenchOptions): Promise<void> {
  runManySeeds('seeds', options, (seed) => {
    const scenario = drawMixedScenario(seed);
    return runChecked(seed % WISHES_EVERY === 0 ? withWishes(scenario) : scenario);
  });
}

/** `run` returns the steps that it took. */
export function runManySeeds(
  bench: string,
  options: BenchOptions,
  run: (seed: number) => number,
): void {
  const first = options.first ?? 1;
  const count = options.count ?? DEFAULT_COUNT;
  const startedAtMs = performance.now();
  let stepCount = 0;
  let failedCount = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    try {
      stepCount += run(seed);
    } catch (error) {
      if (!(error instanceof InvariantError)) throw error;
      failedCount += 1;
      const replay = `npm run bench -- ${bench} --count 1 --first ${seed}`;
      printLine({ failed: error.message, replay });
    }
    const doneCount = seed - first + 1;
    if (doneCount % PROGRESS_EVERY === 0) printLine({ done: doneCount, failed: failedCount });
  }
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const median = { failed: failedCount, steps: stepCount, seconds };
  printLine({ bench, first, count, median });
  if (failedCount > 0) process.exitCode = 1;
}
