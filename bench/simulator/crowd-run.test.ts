import { describe, expect, test } from 'vitest';
import type { CrowdName, CrowdSize } from './crowd-scenarios.ts';
import { drawCrowd } from './crowd-picture.ts';
import { computeCrowdReport, pickQuantile } from './crowd-report.ts';
import { runCrowd } from './crowd-run.ts';
import { CROWD_NAMES, createCrowd, isCrowdName } from './crowd-scenarios.ts';

const SIZE: CrowdSize = { seed: 1, peerCount: 20, streamLength: 2_000_000 };

function run(name: CrowdName, size: CrowdSize) {
  const scenario = createCrowd(name, size);
  const result = runCrowd(scenario);
  const report = computeCrowdReport(scenario, result);
  return { report, text: JSON.stringify(report) + drawCrowd(name, report, result) };
}

describe.each(CROWD_NAMES.filter(isCrowdName))('crowd %s', (name) => {
  const first = run(name, SIZE);

  test('everybody finishes, no sooner than is possible', () => {
    const { unfinished, p5, p50, p95, last } = first.report;
    expect(unfinished).toBe(0);
    expect([p5, p50, p95, last]).toEqual([p5, p50, p95, last].toSorted((a, b) => a - b));
    // Whoever comes while others are leaving has more than its share of their uplinks.
    if (name !== 'arrivals') expect(last).toBeGreaterThanOrEqual(1);
  });

  test('the same seed gives the same report and picture, byte for byte', () => {
    expect(run(name, SIZE).text).toBe(first.text);
    expect(run(name, { ...SIZE, seed: 2 }).text).not.toBe(first.text);
  });
});

test('a sharer that leaves after 1.15 copies has not sent more', () => {
  const { report } = run('sharer-leaves', { ...SIZE, peerCount: 10, streamLength: 4_000_000 });
  expect(report.sharerSent).toBeLessThan(1.2);
});

test('a quantile is a value of the row', () => {
  const row = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0, 0.05, 0.5, 0.95, 1].map((part) => pickQuantile(row, part))).toEqual([
    1, 5, 50, 95, 100,
  ]);
  expect(pickQuantile([], 0.5)).toBeNaN();
});
