import { expect, test } from 'vitest';

import { ANNOUNCE_INTERVAL_MS } from '../../shared/tracker/limits.ts';
import type { Fault } from './fault-plan.ts';
import { checkBooks, checkComplete } from './invariants.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';
import { Simulation } from './simulation.ts';

const TEN_MINUTES_MS = 600_000;
const AWAY_FROM_MS = 10_000;
/** So slow that a transfer takes most of the time that the tracker is away. */
const HOST = { ...PLAIN_HOST, uplinkBytesPerSecond: 8_000 };

/** A sharer and four leechers. */
function createSwarm(faults: readonly Fault[]): Simulation {
  const leechers = Array.from({ length: 4 }, () => ({ ...HOST, role: 'leecher' as const }));
  const simulation = new Simulation(
    {
      seed: 1,
      geometry: createGeometry(64, 65_536),
      hosts: [{ ...HOST, role: 'sharer' }, ...leechers],
      refusedPairsPercent: 0,
      areSourcesReachable: true,
      faults,
      faultsEndMs: 0,
    },
    { onStep: () => {} },
  );
  simulation.plan();
  return simulation;
}

/** Milliseconds until everybody has everything. */
function runUntilComplete({ queue, hosts }: Simulation): number {
  queue.runUntil(2 * TEN_MINUTES_MS, () => hosts.every(({ held }) => held.isFull));
  return queue.nowMs;
}

test('case T23; T16: transfers do not notice ten minutes without a tracker, and its books are right in two intervals', () => {
  const undisturbedMs = runUntilComplete(createSwarm([]));
  const swarm = createSwarm([
    { type: 'restart-tracker', atMs: AWAY_FROM_MS, forMs: TEN_MINUTES_MS },
  ]);
  const endMs = runUntilComplete(swarm);
  expect(endMs).toBeGreaterThan(TEN_MINUTES_MS / 2);
  expect(endMs).toBeLessThan(AWAY_FROM_MS + TEN_MINUTES_MS);
  expect(endMs).toBeLessThan(1.05 * undisturbedMs);
  const { queue, tracker, hosts } = swarm;
  queue.runUntil(AWAY_FROM_MS + TEN_MINUTES_MS);
  expect(tracker.isUp).toBe(true);
  expect(tracker.peerCount).toBe(0);
  queue.runUntil(queue.nowMs + 2 * ANNOUNCE_INTERVAL_MS);
  expect(tracker.peerCount).toBe(hosts.length);
  for (const host of hosts) checkComplete(host);
  checkBooks(tracker, hosts);
});
