import type { BenchOptions } from '../options.ts';
import { runCopies } from './copies-run.ts';
import { drawCopiesScenario } from './copies-scenario.ts';
import { runManySeeds } from './seeds.ts';

/** Runs many small shares that ask for copies, with volunteers of every kind, and prints what broke a promise. */
export async function runCopiesSeeds(options: BenchOptions): Promise<void> {
  if (runManySeeds('copies-seeds', options, runOne) > 0) process.exitCode = 1;
}

function runOne(seed: number): number {
  return runCopies(drawCopiesScenario(seed)).steps;
}
