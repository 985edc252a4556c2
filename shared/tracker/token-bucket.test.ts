import { describe, expect, test } from 'vitest';

import { TokenBucket } from './token-bucket.ts';

describe('TokenBucket', () => {
  test('allows a burst, then the steady rate, and says how long to wait', () => {
    const bucket = new TokenBucket({ burst: 3, perSecond: 10 }, 0);
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 0]);
    expect(bucket.take(0)).toBe(100);
    expect(bucket.take(40)).toBe(60);
    expect(bucket.take(100)).toBe(0);
    expect(bucket.take(100)).toBe(100);
  });

  test('a long silence earns no more than the burst', () => {
    const bucket = new TokenBucket({ burst: 2, perSecond: 10 }, 0);
    const delays = [bucket.take(1e9), bucket.take(1e9), bucket.take(1e9)];
    expect(delays).toEqual([0, 0, 100]);
  });

  test('asking how long it takes costs nothing', () => {
    const bucket = new TokenBucket({ burst: 1, perSecond: 10 }, 0);
    expect([bucket.computeDelayMs(0), bucket.computeDelayMs(0), bucket.take(0)]).toEqual([0, 0, 0]);
    expect(bucket.computeDelayMs(0)).toBe(100);
  });
});
