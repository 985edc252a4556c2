import { expect, test } from 'vitest';
import { withBuiltServers } from './built-servers.ts';
import { measureArms } from './load-tracker.ts';

const FIGURES = [
  'RestRssMB',
  'PeakRssMB',
  'AfterRssMB',
  'RestHeapMB',
  'PeakHeapMB',
  'AfterHeapMB',
  'DelayMaxMs',
  'CpuSeconds',
  'AnnounceP99Ms',
  'FindP99Ms',
  'SignalP99Ms',
  'AnnouncesPerSecond',
];

test('fifty peers come, announce, find, signal and leave, and nothing is refused or lost', async () => {
  const row = await withBuiltServers((servers) =>
    measureArms(['tracker', 'bare'], { servers, peers: 50, seconds: 2, seed: 1 }),
  );
  expect(row).toMatchObject({ trackerRefused: 0, trackerLost: 0, bareRefused: 0, bareLost: 0 });
  for (const arm of ['tracker', 'bare']) {
    const missing = FIGURES.filter((figure) => !((row[`${arm}${figure}`] ?? 0) > 0));
    expect(missing).toEqual([]);
  }
  expect(row['trackerRelayP99Ms']).toBeGreaterThan(0);
  expect(row['idlePeerHeapToBare']).toBeGreaterThan(0);
}, 60_000);

test('an arm alone is not compared', async () => {
  const row = await withBuiltServers((servers) =>
    measureArms(['bare'], { servers, peers: 10, seconds: 1, seed: 1 }),
  );
  expect(Object.keys(row).filter((name) => !name.startsWith('bare'))).toEqual([]);
}, 60_000);
