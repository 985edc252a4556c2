import { expect, test } from 'vitest';
import { computeUplinkUse, watchUplink } from './uplink-use.ts';

const RATE = 1000;

test('what was lost at the start, at the end and between, and what was payload', () => {
  const samples = [
    { atMs: 0, bytes: 500 },
    { atMs: 1000, bytes: 500 },
    { atMs: 3000, bytes: 2500 },
    { atMs: 7000, bytes: 6500 },
    { atMs: 10_000, bytes: 8000 },
  ];
  const use = computeUplinkUse(samples, { startMs: 0, endMs: 10_000 }, RATE, 6000);
  expect(use['UplinkUsed']).toBeCloseTo(0.75);
  expect(use['UplinkPayload']).toBeCloseTo(0.8);
  expect(use['LostAtStartS']).toBeCloseTo(1);
  expect(use['LostBetweenS']).toBeCloseTo(0.5);
  expect(use['LostAtEndS']).toBeCloseTo(1);
});

test('what went before the start and after the end is left out', () => {
  const samples = [
    { atMs: 0, bytes: 0 },
    { atMs: 1000, bytes: 1000 },
    { atMs: 6000, bytes: 6000 },
    { atMs: 9000, bytes: 6000 },
  ];
  const use = computeUplinkUse(samples, { startMs: 1000, endMs: 6000 }, RATE, 5000);
  expect(use).toMatchObject({ UplinkUsed: 1, UplinkPayload: 1, LostBetweenS: 0 });
});

test('the first sample is of the beginning, the last of the end', () => {
  let bytes = 0;
  const stop = watchUplink(() => (bytes += 10));
  expect(stop().map((sample) => sample.bytes)).toEqual([10, 20]);
});
