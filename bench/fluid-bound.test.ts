import { expect, test } from 'vitest';
import { computeFluidBoundS } from './fluid-bound.ts';

const MB = 1e6;

function swarmOf(sharerUp: number, count: number, up: number, down: number) {
  const leecher = { upBytesPerSecond: up * MB, downBytesPerSecond: down * MB };
  const leechers = Array.from({ length: count }, () => leecher);
  return { fileBytes: 24 * MB, sharerUpBytesPerSecond: sharerUp * MB, leechers };
}

test('a slow sharer bounds the swarm by sending the file once', () => {
  expect(computeFluidBoundS(swarmOf(1, 4, 1, 10))).toBe(24);
});

test('a slow downlink bounds it by taking the file once', () => {
  expect(computeFluidBoundS(swarmOf(100, 4, 100, 2))).toBe(12);
});

test('slow uplinks bound it by carrying the file to everybody', () => {
  expect(computeFluidBoundS(swarmOf(4, 4, 1, 100))).toBe(12);
});
