import { describe, expect, test } from 'vitest';
import {
  CongestionWindow,
  countPackets,
  drawLoss,
  estimateSteadyRate,
} from './congestion-window.ts';

describe('congestion window', () => {
  test('doubles a round until the receive window is full', () => {
    const window = new CongestionWindow();
    const before = window.bytes;
    window.recordAcknowledged(before);
    expect(window.bytes).toBe(2 * before);
    for (let i = 0; i < 20; i += 1) window.recordAcknowledged(window.bytes);
    expect(window.bytes).toBe(5 * 1024 * 1024);
  });

  test('halves on loss, and then grows by one packet a round', () => {
    const window = new CongestionWindow();
    for (let i = 0; i < 6; i += 1) window.recordAcknowledged(window.bytes);
    const before = window.bytes;
    window.recordLoss();
    expect(window.bytes).toBe(before / 2);
    window.recordAcknowledged(window.bytes);
    expect(window.bytes - before / 2).toBeCloseTo(1_191, 6);
  });

  test('never falls below four packets', () => {
    const window = new CongestionWindow();
    for (let i = 0; i < 20; i += 1) window.recordLoss();
    expect(window.bytes).toBe(4 * 1_191);
  });

  test('sends one window a round trip', () => {
    const window = new CongestionWindow();
    expect(window.computeSendMs(window.bytes, 80)).toBe(80);
  });
});

test.each([1, 4])(
  '%i carry what loss and distance leave to each, however fast the link',
  (count) => {
    const window = new CongestionWindow();
    window.widen(count);
    const [lossRate, roundTripMs] = [0.01, 100];
    const packets = 100_000;
    let sendMs = 0;
    for (let i = 1; i <= packets; i += 1) {
      sendMs += window.computeSendMs(1_191, roundTripMs);
      window.recordAcknowledged(1_191);
      if (i % (1 / lossRate) === 0) window.recordLoss();
    }
    const rate = (1_000 * packets * 1_191) / sendMs;
    const toSteady = rate / (count * estimateSteadyRate(roundTripMs, lossRate));
    expect(toSteady).toBeGreaterThan(0.95);
    // Losses that come as regularly as here hit each of several as seldom as they can.
    expect(toSteady).toBeLessThan(count === 1 ? 1.05 : 1.2);
    expect(estimateSteadyRate(roundTripMs, 0)).toBe(Infinity);
  },
);

test('of a burst the last packets are lost as likely as they are few', () => {
  expect(drawLoss(28, 0, 0)).toBe('none');
  expect(drawLoss(28, 0.01, 0.02)).toBe('at-end');
  expect(drawLoss(28, 0.01, 0.2)).toBe('inside');
  expect(drawLoss(28, 0.01, 0.3)).toBe('none');
  expect(drawLoss(countPackets(16), 0.01, 0.009)).toBe('at-end');
  expect(drawLoss(countPackets(16), 0.01, 0.011)).toBe('none');
});
