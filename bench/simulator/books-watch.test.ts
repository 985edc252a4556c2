import { expect, test } from 'vitest';
import type { Announced } from './simulated-tracker.ts';
import type { SimulatedHost } from './simulated-host.ts';
import { BooksWatch } from './books-watch.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';
import { Simulation } from './simulation.ts';

const LEECHER = { ...PLAIN_HOST, role: 'leecher' } as const;
const SETTLED_MS = 10_000;
/** Whoever has nothing to do looks about every five seconds. */
const SEEN_MS = 12_000;

interface Scene {
  readonly leecher: SimulatedHost;
  readonly simulation: Simulation;
  readonly run: (forMs: number) => void;
}

/** A sharer and two leechers of eight pieces, which have everything and stay. */
function settle(): Scene {
  let watch: BooksWatch | undefined;
  const simulation: Simulation = new Simulation(
    {
      seed: 1,
      geometry: createGeometry(8, 65_536),
      hosts: [{ ...PLAIN_HOST, role: 'sharer' }, LEECHER, LEECHER],
      refusedPairsPercent: 0,
      areSourcesReachable: true,
      faults: [],
      faultsEndMs: 0,
    },
    { onStep: (nowMs, host, event) => watch?.recordStep(nowMs, host, event) },
  );
  watch = new BooksWatch(simulation);
  simulation.plan();
  const { queue, hosts } = simulation;
  queue.runUntil(SETTLED_MS);
  const [, leecher] = hosts;
  if (leecher === undefined || !hosts.every(({ held }) => held.isFull))
    throw new Error('unsettled');
  return { leecher, simulation, run: (forMs) => queue.runUntil(queue.nowMs + forMs) };
}

function announcedWith(bits: number): Announced {
  return { bits: new Uint8Array([bits]), part: { role: 'member' }, target: undefined };
}

test('E14: books are right two announce intervals later, also where the tracker restarts and peers come back', () => {
  const { simulation, run } = settle();
  const { faults, tracker } = simulation;
  faults.inject({ type: 'restart-tracker', atMs: 0, forMs: 5_000 });
  faults.inject({
    type: 'crash',
    host: 1,
    atMs: 0,
    forMs: 6_000,
    tornPercent: 60,
    isAltered: false,
  });
  run(SEEN_MS);
  expect(tracker.bookedPeers).toHaveLength(3);
});

test('E14: a peer that the tracker forgot is noticed', () => {
  const { leecher, simulation, run } = settle();
  simulation.tracker.forget(leecher.peerId);
  expect(() => run(SEEN_MS)).toThrow('the tracker knows nothing of host 1');
});

test('E14: a piece that is held and not booked is noticed', () => {
  const { leecher, simulation, run } = settle();
  simulation.tracker.announce(leecher, announcedWith(0b1111_1110), () => {});
  expect(() => run(SEEN_MS)).toThrow('the tracker still says that host 1 lacks 7');
});

test('E14: a piece that is booked two announce intervals after it was lost is noticed, and no sooner', () => {
  const { leecher, run } = settle();
  // The engine is not told, so it tells nobody.
  leecher.held.remove(3);
  leecher.tell({ type: 'tick' });
  run(2_000);
  leecher.tell({ type: 'tick' });
  expect(() => run(SEEN_MS)).toThrow('the tracker still says that host 1 holds 3');
});

test('E14: a name that is booked though its page is closed is noticed', () => {
  const { leecher, simulation, run } = settle();
  const { agenda, peerId } = leecher;
  leecher.leave(0);
  run(1_000);
  simulation.tracker.announce({ agenda, peerId }, announcedWith(0b1111_1111), () => {});
  expect(() => run(SEEN_MS)).toThrow(`the tracker still counts host 1 as ${peerId}, which is gone`);
});
