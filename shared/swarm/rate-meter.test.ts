import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RateMeter } from './rate-meter.ts';

describe('rate meter', () => {
  test('is nothing before the first byte', () => {
    expect(new RateMeter().computeBytesPerSecond(5_000)).toBe(0);
  });

  test('a steady stream is measured within a tenth from its first second on', () => {
    const meter = new RateMeter();
    for (let nowMs = 10_000; nowMs <= 20_000; nowMs += 50) {
      meter.record(5_000, nowMs);
      if (nowMs < 11_000) continue;
      expect(meter.computeBytesPerSecond(nowMs)).toBeGreaterThan(90_000);
      expect(meter.computeBytesPerSecond(nowMs)).toBeLessThan(110_000);
    }
  });

  test('forgets what is more than three seconds old, and falls to nothing in silence', () => {
    const meter = new RateMeter();
    meter.record(1_000_000, 1_000);
    expect(meter.computeBytesPerSecond(3_000)).toBeGreaterThan(0);
    expect(meter.computeBytesPerSecond(4_100)).toBe(0);
  });

  test('a burst is not taken for a rate beyond four bursts a second', () => {
    const meter = new RateMeter();
    meter.record(1_000, 1_000);
    expect(meter.computeBytesPerSecond(1_000)).toBe(4_000);
  });

  test('the total counts every byte, whenever it came, and the rate is never negative', () => {
    const gaps = fc.array(fc.tuple(fc.nat(5_000), fc.nat(100_000)));
    fc.assert(
      fc.property(gaps, (records) => {
        const meter = new RateMeter();
        let nowMs = 0;
        let total = 0;
        for (const [gapMs, bytes] of records) {
          nowMs += gapMs;
          total += bytes;
          meter.record(bytes, nowMs);
          expect(meter.computeBytesPerSecond(nowMs)).toBeGreaterThanOrEqual(0);
          expect(meter.computeBytesPerSecond(nowMs)).toBeLessThanOrEqual(total * 4);
        }
        expect(meter.totalBytes).toBe(total);
      }),
    );
  });
});
