import { expect, test } from 'vitest';

import { runPlannerLoad } from './planner-load.ts';

test('copies of 100 shares are planned among 1,000 volunteers who come and go, in little of a core', async () => {
  const figures = await runPlannerLoad({ volunteers: 1000, shares: 100, seconds: 120, seed: 1 });
  expect(figures.plannerShare).toBeLessThan(0.05);
  expect(figures.missingCopies).toBeLessThan(0.02 * 100 * 512 * 2);
}, 60_000);
