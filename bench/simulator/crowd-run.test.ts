import { describe, expect, test } from 'vitest';
import type { CrowdName, CrowdSize } from './crowd-scenarios.ts';
import type { Fault } from './fault-plan.ts';
import type { Scenario } from './scenario.ts';
import { drawCrowd } from './crowd-picture.ts';
import { computeCrowdReport, findBrokenPromise, pickQuantile } from './crowd-report.ts';
import { runCrowd } from './crowd-run.ts';
import { CROWD_NAMES, createCrowd, isCrowdName } from './crowd-scenarios.ts';
import { HostRecord } from './host-record.ts';
import { PLAIN_HOST, createGeometry } from './scenario.ts';

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

describe('a sharer that leaves soon after one copy', () => {
  test.each([10, 20, 40])(
    'is gone before the last of %i others has everything, and all finish',
    (peerCount) => {
      const { report } = run('sharer-leaves', { ...SIZE, peerCount, streamLength: 4_000_000 });
      expect(report.sharerSent).toBeGreaterThan(1);
      expect(report.sharerSent).toBeLessThan(1.2);
      expect(report.sharerLeft).toBeLessThan(report.last);
      expect(report.unfinished).toBe(0);
    },
  );

  test('nobody leaves where nobody is to', () => {
    expect(run('flash-crowd', SIZE).report.sharerLeft).toBeUndefined();
  });
});

/** A sharer and three leechers, on the last of which this happens. */
function runWithFault(fault: Fault) {
  const scenario: Scenario = {
    seed: 1,
    geometry: createGeometry(64, 65_536),
    hosts: [
      { ...PLAIN_HOST, role: 'sharer' },
      ...Array.from({ length: 3 }, () => ({ ...PLAIN_HOST, role: 'leecher' as const })),
    ],
    refusedPairsPercent: 0,
    areSourcesReachable: true,
    faults: [fault],
    faultsEndMs: 'forMs' in fault ? fault.atMs + fault.forMs : fault.atMs,
  };
  const result = runCrowd(scenario);
  const report = computeCrowdReport(scenario, result);
  return { result, report, host: result.hosts.at(-1) };
}

describe('a crash with everything, and with a store that tears,', () => {
  const never = { type: 'leave', host: 3, atMs: 60_000, forMs: 0 } as const;
  const completed = runWithFault(never).result.hosts.slice(1);
  // The others are not done when it crashes, or the run would have ended.
  const completeMs = Math.min(...completed.map(({ record }) => record.completedAtMs));
  const host = 1 + completed.findIndex(({ record }) => record.completedAtMs === completeMs);
  const crash = { type: 'crash', host, forMs: 5_000, isAltered: false } as const;

  test('is no end: who lost what was not written finishes once more', () => {
    // Before the last write commits.
    const { result, report } = runWithFault({ ...crash, atMs: completeMs + 1, tornPercent: 0 });
    expect(completeMs).toBeLessThan(60_000);
    expect(report.unfinished).toBe(0);
    expect(result.hosts[host]?.record.completedAtMs).toBeGreaterThan(completeMs + crash.forMs);
  });

  test('takes the last percent with it', () => {
    const { result } = runWithFault({ ...crash, atMs: completeMs + 1, tornPercent: 50 });
    expect(result.hosts[host]?.record.nearlyCompletedAtMs).toBeGreaterThan(
      completeMs + crash.forMs,
    );
    for (const { record } of result.hosts.slice(1)) {
      expect(record.nearlyCompletedAtMs).toBeLessThanOrEqual(record.completedAtMs);
    }
  });
});

test('a run fails where somebody did not finish, or a sharer stayed that was to leave', () => {
  const [stays, leaves] = [createCrowd('flash-crowd', SIZE), createCrowd('sharer-leaves', SIZE)];
  expect(findBrokenPromise(stays, { unfinished: 0 })).toBeUndefined();
  expect(findBrokenPromise(stays, { unfinished: 3 })).toBe('3 did not finish');
  expect(findBrokenPromise(leaves, { unfinished: 0, sharerLeft: 1.1 })).toBeUndefined();
  expect(findBrokenPromise(leaves, { unfinished: 0 })).toBe('the sharer did not leave');
});

test('what came twice counts in every life of a page', () => {
  const record = new HostRecord();
  record.recordLife(300);
  record.recordLife(20);
  expect(record.computeWastedBytes(1)).toBe(321);
});

test('a quantile is a value of the row', () => {
  const row = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0, 0.05, 0.5, 0.95, 1].map((part) => pickQuantile(row, part))).toEqual([
    1, 5, 50, 95, 100,
  ]);
  expect(pickQuantile([], 0.5)).toBeNaN();
});
