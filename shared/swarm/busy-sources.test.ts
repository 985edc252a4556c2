import { expect, test } from 'vitest';
import { BusySources } from './busy-sources.ts';
import { MAX_BUSY_MS, MIN_BUSY_MS } from './limits.ts';
import { createPeer } from './peer.ts';
import { createGeometry } from './swarm-driver.test-helper.ts';

const peer = (peerId: string) =>
  createPeer(peerId, `${peerId}-identity`, 'member', createGeometry(4), 0);

test('E19: each busy source is ready at its own time, and once', () => {
  const sources = new BusySources();
  const [soon, late] = [peer('soon'), peer('late')];
  sources.add(late, 300, 0);
  sources.add(soon, 100, 0);
  expect(sources.nextAskMs).toBe(100);
  expect(sources.takeReady(99)).toEqual([]);
  expect(sources.takeReady(100)).toEqual([soon]);
  expect(sources.has(soon)).toBe(false);
  expect(sources.nextAskMs).toBe(300);
  expect(sources.takeReady(10_000)).toEqual([late]);
  expect(sources.nextAskMs).toBe(Infinity);
});

test.each([
  [0, MIN_BUSY_MS],
  [65_535, MAX_BUSY_MS],
])('E19: a source that says %i ms is asked again after %i ms', (retryAfterMs, pauseMs) => {
  const sources = new BusySources();
  sources.add(peer('a'), retryAfterMs, 1_000);
  expect(sources.nextAskMs).toBe(1_000 + pauseMs);
});

test('a source that is gone is not waited for', () => {
  const sources = new BusySources();
  const gone = peer('gone');
  sources.add(gone, 100, 0);
  sources.delete(gone);
  expect(sources.takeReady(1_000)).toEqual([]);
});
