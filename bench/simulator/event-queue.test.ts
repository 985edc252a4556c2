import fc from 'fast-check';
import { expect, test } from 'vitest';
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
