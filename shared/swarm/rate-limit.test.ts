import { expect, test } from 'vitest';
import { RateLimit } from './rate-limit.ts';

const BLOCK_BYTES = 100;
const BYTES_PER_SECOND = 10_000;

/** Lets each send all that it may, whenever it is woken, and returns what they sent. */
function passTime(limits: readonly RateLimit[], untilMs: number, stepMs: number): number[] {
  const sentBytes = limits.map(() => 0);
  for (let nowMs = 0; nowMs <= untilMs; nowMs += stepMs) {
    for (const [i, limit] of limits.entries()) {
      while (limit.mayTake(BLOCK_BYTES, nowMs)) {
        limit.take(BLOCK_BYTES);
        sentBytes[i] = (sentBytes[i] ?? 0) + BLOCK_BYTES;
      }
    }
  }
  return sentBytes;
}

test.each([
  ['when they are woken often', 5],
  ['in a hidden tab', 1_000],
])('E25: several keep within what they have in common, and use it: %s', (_, stepMs) => {
  const whole = new RateLimit(BYTES_PER_SECOND, 0);
  const limits = [1, 2, 3].map((n) => new RateLimit(BYTES_PER_SECOND / n, 0, whole));
  const sentBytes = passTime(limits, 10_000, stepMs).reduce((sum, bytes) => sum + bytes, 0);
  expect(sentBytes).toBeGreaterThan(9.5 * BYTES_PER_SECOND);
  expect(sentBytes).toBeLessThanOrEqual(10.1 * BYTES_PER_SECOND);
});

test.each([5, 1_000])('E25: with fair parts of it, each has its own (%i ms)', (stepMs) => {
  const whole = new RateLimit(BYTES_PER_SECOND, 0);
  const limits = [1, 2].map(() => new RateLimit(BYTES_PER_SECOND / 2, 0, whole));
  for (const sentBytes of passTime(limits, 10_000, stepMs)) {
    expect(sentBytes).toBeGreaterThan(4.5 * BYTES_PER_SECOND);
    expect(sentBytes).toBeLessThanOrEqual(5.1 * BYTES_PER_SECOND);
  }
});

test('E25: what is in common may be given later, or taken back', () => {
  const limit = new RateLimit(BYTES_PER_SECOND, 0);
  limit.change(BYTES_PER_SECOND, 0, new RateLimit(BLOCK_BYTES, 0));
  const [under = 0] = passTime([limit], 1_000, 5);
  expect(under).toBeLessThanOrEqual(3 * BLOCK_BYTES);
  limit.change(BYTES_PER_SECOND, 1_000);
  expect(limit.mayTake(BLOCK_BYTES, 1_000)).toBe(true);
});
