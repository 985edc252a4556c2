import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

test('everything happens in the order of its time, and of asking where times are equal', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (times) => {
      const queue = new EventQueue();
      const happened: [number, number][] = [];
      times.forEach((atMs, i) => queue.at(atMs, () => happened.push([queue.nowMs, i])));
      queue.runUntil(100);
      const expected = times.map((atMs, i): [number, number] => [atMs, i]);
      expect(happened).toEqual(expected.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
      expect(queue.nowMs).toBe(100);
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
