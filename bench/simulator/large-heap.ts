import { spawnSync } from 'node:child_process';
import { getHeapStatistics } from 'node:v8';

/** Ten thousand engines with 25 connections each need 0.6 MB an engine, which is more than Node takes by itself. */
const HEAP_MEGABYTES = 12_000;

/** Whether this process may take as much as the largest crowd needs. */
export function hasLargeHeap(): boolean {
  return getHeapStatistics().heap_size_limit >= HEAP_MEGABYTES * 1_000_000;
}

/** Runs the command that this process was started with again, with more room; returns its exit code. */
export function rerunWithLargeHeap(): number {
  const { NODE_OPTIONS: options = '', ...env } = process.env;
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...env, NODE_OPTIONS: `${options} --max-old-space-size=${HEAP_MEGABYTES}` },
  });
  return status ?? 1;
}
