import { spawnSync } from 'node:child_process';

/**
 * Room for ten thousand engines with 25 connections each, 0.1 MB an engine and what waits to be collected. And a
 * young generation so large that frames, which live for one latency, are mostly gone when it is collected.
 */
const HEAP_OPTIONS = '--max-old-space-size=3000 --max-semi-space-size=128';

/** Whether this process has the heap that a large crowd needs. */
export function hasLargeHeap(): boolean {
  return process.env['NODE_OPTIONS']?.includes(HEAP_OPTIONS) ?? false;
}

/** Runs the command that this process was started with again, with such a heap; returns its exit code. */
export function rerunWithLargeHeap(): number {
  const { NODE_OPTIONS: options = '', ...env } = process.env;
  const { status } = spawnSync(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...env, NODE_OPTIONS: `${options} ${HEAP_OPTIONS}` },
  });
  return status ?? 1;
}
