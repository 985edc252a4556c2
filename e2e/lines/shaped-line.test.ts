import { describe, expect, it } from 'vitest';

import { ShapedLine } from './shaped-line.ts';

const PACKET_BYTES = 972;
const OPEN = { bytesPerSecond: 1e9, delayMs: 0, lossRate: 0, queueMs: 1_000 };

describe('a shaped line', () => {
  it('delivers in order, no sooner than rate and delay allow', async () => {
    const line = new ShapedLine({ ...OPEN, bytesPerSecond: 100_000, delayMs: 50 }, 1);
    const startedAtMs = performance.now();
    const delivered: number[] = [];
    await new Promise<void>((resolve) => {
      for (let i = 0; i < 10; i += 1) {
        line.carry(PACKET_BYTES, () => {
          delivered.push(i);
          if (i === 9) resolve();
        });
      }
    });
    expect(delivered).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    // Ten packets of 1,000 bytes with their headers take 100 ms, and the last one 50 ms more.
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(149);
  });

  it('drops what finds the queue full', async () => {
    const line = new ShapedLine({ ...OPEN, bytesPerSecond: 10_000, queueMs: 250 }, 1);
    let deliveredCount = 0;
    for (let i = 0; i < 100; i += 1) line.carry(PACKET_BYTES, () => (deliveredCount += 1));
    await new Promise((resolve) => {
      setTimeout(resolve, 600);
    });
    // Each packet takes 100 ms: the fourth finds 300 ms before it.
    expect(deliveredCount).toBe(3);
  });

  it('loses as many as it should', async () => {
    const line = new ShapedLine({ ...OPEN, lossRate: 0.1 }, 1);
    let deliveredCount = 0;
    for (let i = 0; i < 10_000; i += 1) line.carry(PACKET_BYTES, () => (deliveredCount += 1));
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    expect(deliveredCount).toBeGreaterThan(8_850);
    expect(deliveredCount).toBeLessThan(9_150);
  });
});
