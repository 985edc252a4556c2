import { describe, expect, test } from 'vitest';
import type { Fault } from './fault-plan.ts';
import type { HostPlan } from './scenario.ts';
import { DEAD_SOURCE_TIMEOUT_MS, MAX_FURTHER_STRANDS } from '../../shared/swarm/limits.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';
import { Simulation } from './simulation.ts';

const SHARER: HostPlan = { ...PLAIN_HOST, role: 'sharer' };
const LEECHER: HostPlan = { ...PLAIN_HOST, role: 'leecher' };

/** A sharer and two leechers that run for a while, then this, then a little longer. */
function runWith(fault: Fault, afterMs = 10) {
  const simulation = new Simulation({
    seed: 1,
    geometry: createGeometry(64, 65_536),
    hosts: [SHARER, LEECHER, LEECHER],
    refusedPairsPercent: 0,
    areSourcesReachable: true,
    faults: [fault],
    faultsEndMs: 20_000,
  });
  simulation.plan();
  simulation.queue.runUntil(fault.atMs + afterMs);
  const [sharer, leecher] = simulation.hosts;
  if (sharer === undefined || leecher === undefined) throw new Error('no hosts');
  return { simulation, sharer, leecher };
}

describe('faults take effect, and end', () => {
  test('a crash tears the store: what is altered is claimed, and shows when it is read', () => {
    const crash = { type: 'crash', host: 1, atMs: 5_000, forMs: 1_000, tornPercent: 60 } as const;
    const gone = runWith({ ...crash, isAltered: false });
    expect(gone.leecher.isOnline).toBe(false);
    gone.simulation.queue.runUntil(6_001);
    expect(gone.leecher.isOnline).toBe(true);
    expect(gone.leecher.shelf.unnoticed.size).toBe(0);
    const altered = runWith({ ...crash, isAltered: true });
    altered.simulation.queue.runUntil(6_001);
    expect(altered.leecher.shelf.unnoticed.size).toBeGreaterThan(0);
    expect(altered.leecher.held.count).toBeGreaterThan(gone.leecher.held.count);
  });

  test('a full disk stops the page at the next write, until there is room', () => {
    const fault = { type: 'fill-disk', host: 1, atMs: 3_000, forMs: 2_000 } as const;
    const { simulation, leecher } = runWith(fault, 1_500);
    expect(leecher.isOnline).toBe(false);
    simulation.queue.runUntil(5_001);
    expect(leecher.isOnline).toBe(true);
  });

  test('a bad line and a longer way pass', () => {
    const loss = runWith({ type: 'lose-packets', host: 1, atMs: 100, forMs: 500, lossRate: 0.1 });
    expect(loss.leecher.access.lossRate).toBe(0.1);
    loss.simulation.queue.runUntil(700);
    expect(loss.leecher.access.lossRate).toBe(0);
    const delay = runWith({ type: 'delay', host: 1, atMs: 100, forMs: 500, addedMs: 300 });
    expect(delay.leecher.access.latencyMs).toBe(315);
    delay.simulation.queue.runUntil(700);
    expect(delay.leecher.access.latencyMs).toBe(15);
  });

  test('one of several connections breaks with all, and further ones may stay out', () => {
    const breaks = runWith({ type: 'break-strand', host: 1, atMs: 1_000 }, -1);
    const [session] = breaks.leecher.sessions.values();
    const { network, queue } = breaks.simulation;
    queue.runUntil(1_002);
    expect(session?.isOpen).toBe(true);
    network.strandsLostUntilMs = 1_500;
    network.widen(session, 2);
    expect(session?.promisedStrands).toBe(1);
    queue.runUntil(1_501);
    network.widen(session, 2);
    expect([session, session?.twin].map((end) => end?.promisedStrands)).toEqual([2, 2]);
    breaks.simulation.faults.inject({ type: 'break-strand', host: 1, atMs: 1_501 });
    expect(session?.isOpen).toBe(false);
  });

  test('one of several connections stalls: what it was given does not come, all else does, until the source is given up', () => {
    const stall = { type: 'stall-strand', host: 1, atMs: 1_000 } as const;
    const { simulation, sharer, leecher } = runWith(stall, -1);
    const { network, queue } = simulation;
    const session = [...sharer.sessions.values()].find(({ remote }) => remote === leecher);
    network.widen(session, 2);
    const heldBefore = leecher.held.count;
    queue.runUntil(20_000);
    expect(session?.isOpen).toBe(true);
    expect(session?.channel.bufferedBytes).toBeGreaterThan(0);
    expect(leecher.held.count).toBeGreaterThan(heldBefore);
    queue.runUntil(20_000 + DEAD_SOURCE_TIMEOUT_MS + 20_000);
    expect(leecher.held.isFull).toBe(true);
  });

  test('further connections are bounded in all', () => {
    const { simulation, leecher } = runWith({ type: 'cut', host: 2, atMs: 3_000 }, -1_000);
    const { network } = simulation;
    for (const session of leecher.sessions.values()) network.widen(session, 20);
    const promised = [...leecher.sessions.values()].map((session) => session.promisedStrands - 1);
    expect(promised.reduce((sum, count) => sum + count, 0)).toBe(MAX_FURTHER_STRANDS);
  });

  test('without signals nobody new is met', () => {
    const { simulation, leecher } = runWith({ type: 'lose-signals', atMs: 0, forMs: 15_000 });
    simulation.queue.runUntil(14_000);
    expect(leecher.sessions.size).toBe(0);
    simulation.queue.runUntil(60_000);
    expect(leecher.sessions.size).toBe(2);
  });

  test('everything lost comes back with the sharer’s files', () => {
    const fault = { type: 'crash', host: 0, atMs: 200, forMs: 100, tornPercent: 60 } as const;
    const { simulation, sharer } = runWith({ ...fault, isAltered: false });
    simulation.queue.runUntil(400);
    expect(sharer.held.isFull).toBe(false);
    simulation.faults.endFaults();
    expect(sharer.held.isFull).toBe(true);
  });
});
