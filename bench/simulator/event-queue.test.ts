import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

/** Near and far, on one day and on many, some at the very same time. */
const times = fc.array(
  fc.oneof(fc.nat(20), fc.nat(30_000), fc.double({ min: 0, max: 9, noNaN: true })),
);

test('everything happens in the order of its time, and of asking where times are equal', () => {
  fc.assert(
    fc.property(times, (times) => {
      const queue = new EventQueue();
      const happened: [number, number][] = [];
      times.forEach((atMs, i) => queue.at(atMs, () => happened.push([queue.nowMs, i])));
      queue.runUntil(100);
      expect(queue.nowMs).toBe(100);
      queue.runUntil(40_000);
      const expected = times.map((atMs, i): [number, number] => [atMs, i]);
      expect(happened).toEqual(expected.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
    }),
  );
});

test('what is asked for while the clock runs has its place too, also where the clock was stopped early', () => {
  fc.assert(
    fc.property(times, times, fc.nat(30_000), (first, second, stopMs) => {
      const queue = new EventQueue();
      const happened: number[] = [];
      const record = () => happened.push(queue.nowMs);
      for (const [i, atMs] of first.entries()) {
        queue.at(atMs, () => {
          record();
          queue.after(second[i] ?? 0, record);
        });
      }
      queue.runUntil(stopMs);
      for (const delayMs of second) queue.after(delayMs, record);
      queue.runUntil(100_000);
      expect(happened).toEqual(happened.toSorted((a, b) => a - b));
      expect(happened).toHaveLength(2 * first.length + second.length);
    }),
  );
});

test('what is due later waits, and what happens may ask for more', () => {
  const queue = new EventQueue();
  const happened: number[] = [];
  const again = () => {
    happened.push(queue.nowMs);
    queue.after(10, again);
  };
  queue.after(10, again);
  queue.runUntil(35);
  expect(happened).toEqual([10, 20, 30]);
  queue.runUntil(1_000, () => happened.length === 5);
  expect(queue.nowMs).toBe(50);
});

describe('lanes', () => {
  const LOOKAHEAD_MS = 15;

  /** Everybody hears of everybody, no sooner than the lookahead, and now and then something concerns all. */
  function runLanes(delays: readonly number[], lookaheadMs: number) {
    const queue = new EventQueue(lookaheadMs);
    const lanes = [0, 1, 2].map(() => queue.createLane());
    const happened: { readonly lane: number; readonly atMs: number }[] = [];
    const pass = (lane: number, left: number): void => {
      happened.push({ lane, atMs: queue.nowMs });
      const delayMs = delays[left] ?? 0;
      if (left === 0) return;
      const next = (lane + left) % lanes.length;
      lanes[lane]?.after(delayMs / 8, () => happened.push({ lane, atMs: queue.nowMs }));
      lanes[next]?.after(LOOKAHEAD_MS + delayMs, () => pass(next, left - 1));
    };
    for (const lane of lanes.keys()) pass(lane, delays.length);
    queue.after(40, () => happened.push({ lane: -1, atMs: queue.nowMs }));
    queue.runUntil(100_000);
    return happened;
  }

  test('what happens in a lane is the same, at the same times, however far lanes run by themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 30, noNaN: true })), (delays) => {
        const [together, apart] = [runLanes(delays, 0), runLanes(delays, LOOKAHEAD_MS)];
        for (const lane of [0, 1, 2]) {
          const times = (all: typeof together) =>
            all.filter((event) => event.lane === lane).map(({ atMs }) => atMs);
          expect(times(apart)).toEqual(times(together));
        }
      }),
    );
  });

  test('what concerns everybody happens when every lane has come so far, and none any farther', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 30, noNaN: true })), (delays) => {
        const happened = runLanes(delays, LOOKAHEAD_MS);
        const common = happened.findIndex(({ lane }) => lane < 0);
        for (const [i, { atMs }] of happened.entries()) {
          if (i < common) expect(atMs).toBeLessThan(40);
          else expect(atMs).toBeGreaterThanOrEqual(40);
        }
      }),
    );
  });

  test('a lane runs by itself for as long as the lookahead', () => {
    const queue = new EventQueue(10);
    const happened: string[] = [];
    for (const name of ['a', 'b']) {
      const lane = queue.createLane();
      for (const atMs of [1, 5, 9, 12]) lane.at(atMs, () => happened.push(`${name}${atMs}`));
    }
    queue.runUntil(100);
    expect(happened).toEqual(['a1', 'a5', 'a9', 'b1', 'b5', 'b9', 'a12', 'b12']);
  });

  test('nothing may reach another lane sooner', () => {
    const queue = new EventQueue(10);
    const [a, b] = [queue.createLane(), queue.createLane()];
    a.at(1, () => b.after(9, () => undefined));
    expect(() => queue.runUntil(100)).toThrow('reaches another lane');
  });
});
