import { expect, test } from 'vitest';
import { EngineMeter } from './engine-meter.ts';

test('times a sample of the calls, and takes the others to be like it', () => {
  let nowMs = 0;
  const meter = new EngineMeter(() => nowMs);
  for (let i = 0; i < 6_100; i += 1) {
    expect(meter.measure(() => (nowMs += 2))).toBe(nowMs);
  }
  expect(meter.callCount).toBe(6_100);
  expect(meter.estimatedMs).toBe(12_200);
});
