import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { RecentLag } from './recent-lag.ts';

let longestMs = 0;
let isStopped = false;
let recent: RecentLag;

beforeEach(() => {
  vi.useFakeTimers();
  longestMs = 0;
  isStopped = false;
  recent = new RecentLag({
    takeMs: () => {
      const takenMs = longestMs;
      longestMs = 0;
      return takenMs;
    },
    stop: () => (isStopped = true),
  });
});

afterEach(() => {
  recent.stop();
  vi.useRealTimers();
});

test('T18: whoever asks for the health of a tracker takes nothing from another who does', () => {
  longestMs = 1500;
  expect(recent.readMs()).toBe(1500);
  for (let second = 0; second < 9; second += 1) {
    vi.advanceTimersByTime(1000);
    expect(recent.readMs()).toBe(1500);
  }
});

test('T18: a pause is told for ten seconds at least, whenever it was, and for twenty at most', () => {
  vi.advanceTimersByTime(9000);
  longestMs = 1500;
  vi.advanceTimersByTime(10_000);
  expect(recent.readMs()).toBe(1500);
  vi.advanceTimersByTime(1000);
  expect(recent.readMs()).toBe(0);
});

test('T18: a longer pause takes the place of a shorter one, and not the other way round', () => {
  for (const pauseMs of [10, 30, 20]) {
    longestMs = pauseMs;
    recent.readMs();
  }
  expect(recent.readMs()).toBe(30);
});

test('what is stopped listens no more', () => {
  recent.stop();
  expect(isStopped).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
