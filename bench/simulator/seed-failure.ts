import type { Simulation } from './simulation.ts';

/** Something went wrong in a run that was drawn from a seed: a promise broken, or a bug of ours. */
export class SeedFailure extends Error {
  override readonly name = 'SeedFailure';
  readonly replay: string | undefined;

  constructor({ scenario, queue }: Simulation, cause: unknown) {
    const { seed, replay } = scenario;
    const atMs = Math.round(queue.nowMs);
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    const again = replay === undefined ? '' : ` (again: ${replay})`;
    super(`seed ${seed}, ${atMs} ms: ${what}${again}`, { cause });
    this.replay = replay;
  }
}

/** The command that runs the same seed of that bench again. */
export function describeReplay(bench: string, seed: number): string {
  return `npm run bench -- ${bench} --count 1 --first ${seed}`;
}
