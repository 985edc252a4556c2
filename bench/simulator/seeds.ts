import type { BenchOptions } from '../options.ts';
import type { Weather } from './fault-plan.ts';
import { pickNames } from '../options.ts';
import { printLine } from '../report.ts';
import { runChecked } from './checked-run.ts';
import { describeReplay, SeedFailure } from './seed-failure.ts';
import { drawSeedScenario } from './seed-scenario.ts';

const DEFAULT_COUNT = 1_000;
const PROGRESS_EVERY = 1_000;

/** Runs many small swarms in which anything may fail, and prints what broke an invariant with how to see it again. */
export async function runSeeds(options: BenchOptions): Promise<void> {
  const weather = readWeather(options.scenario);
  const run = (seed: number): number => runChecked(drawSeedScenario(seed, weather));
  if (runManySeeds('seeds', options, run) > 0) process.exitCode = 1;
}

/** `run` returns the steps that it took. Returns how many seeds failed, whatever was thrown. */
export function runManySeeds(
  bench: string,
  { first = 1, count = DEFAULT_COUNT }: Pick<BenchOptions, 'first' | 'count'>,
  run: (seed: number) => number,
): number {
  const startedAtMs = performance.now();
  let stepCount = 0;
  let failedCount = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    try {
      stepCount += run(seed);
    } catch (error) {
      failedCount += 1;
      printLine(describeFailure(bench, seed, error));
    }
    const doneCount = seed - first + 1;
    if (doneCount % PROGRESS_EVERY === 0) printLine({ done: doneCount, failed: failedCount });
  }
  const seconds = (performance.now() - startedAtMs) / 1_000;
  const median = { failed: failedCount, steps: stepCount, seconds };
  printLine({ bench, first, count, median });
  return failedCount;
}

function describeFailure(bench: string, seed: number, error: unknown) {
  const failed = error instanceof Error ? error.message : String(error);
  const replay = error instanceof SeedFailure ? error.replay : undefined;
  const stack = error instanceof Error ? stackOf(error) : '';
  return { seed, failed, replay: replay ?? describeReplay(bench, seed), stack };
}

/** Of what was thrown first. */
function stackOf({ stack = '', cause }: Error): string {
  return cause instanceof Error ? (cause.stack ?? stack) : stack;
}

function readWeather(name = 'harsh'): Weather {
  const [weather = 'harsh'] = pickNames<Weather>(['mild', 'harsh'], [name]);
  return weather;
}
