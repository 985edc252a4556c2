import type { BenchOptions } from '../options.ts';
import { printRepeats } from '../report.ts';
import { runPlannerLoad } from './planner-load.ts';

const VOLUNTEERS = 10_000;
const SHARES = 1000;
const SECONDS = 120;

/** What planning copies costs the tracker. */
export async function loadPlanner(options: BenchOptions): Promise<void> {
  const { repeats, peers: volunteers = VOLUNTEERS, seconds = SECONDS, seed = 1 } = options;
  const about = { volunteers, shares: SHARES, seconds, seed };
  await printRepeats('planner', repeats, about, async (repeat) => ({
    ...(await runPlannerLoad({ ...about, seed: seed + repeat })),
  }));
}
