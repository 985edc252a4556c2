import { afterEach, beforeAll, expect, test } from 'vitest';

import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { announceOf, connectPeer, isClosedWithin } from '../gateway/test-peer.test-helper.ts';
import type { RunningTracker, TrackerOptions } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';

const trackers: RunningTracker[] = [];
let share: SampleShare;

beforeAll(async () => {
  share = await createSampleShare({ streamLength: 10 * 65_536 });
});

afterEach(async () => {
  for (const tracker of trackers.splice(0)) await tracker.close();
});

async function start(options: TrackerOptions = { metricsPort: 0 }): Promise<RunningTracker> {
  const tracker = await startTracker({ host: '127.0.0.1', ...options });
  trackers.push(tracker);
  return tracker;
}

async function read({ metricsPort }: RunningTracker, path = '/metrics'): Promise<Response> {
  return fetch(`http://127.0.0.1:${metricsPort}${path}`);
}

/** The samples by name and labels. */
async function readSamples(tracker: RunningTracker): Promise<ReadonlyMap<string, number>> {
  const lines = (await (await read(tracker)).text()).split('\n');
  const samples = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

test('T18: they say how much there is, and what was refused, in kinds known beforehand', async () => {
  const tracker = await start();
  const [a, b] = [await connectPeer(tracker.url), await connectPeer(tracker.url)];
  const { shareId } = share;
  for (const peer of [a, b]) await peer.ask('announce', announceOf(share));
  await a.ask('announce', { shareId: 'none' });
  await a.ask('find', { shareId });
  await a.ask('signal', { shareId, to: b.peerId, data: new Uint8Array(1) });
  await a.ask('signal', { shareId, to: a.peerId, data: new Uint8Array(1) });
  await a.ask('leave', { shareId });
  for (const name of [shareId, '192.0.2.1', 'constructor']) b.socket.emit(name, {});
  expect(await isClosedWithin(b.socket, 2000)).toBe(true);
  const samples = await readSamples(tracker);
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e7);
  expect(samples.get('peerify_event_loop_lag_ms')).toBeGreaterThanOrEqual(0);
  const counted = [...samples].filter(([name]) => !/lag|resident/u.test(name));
  expect(Object.fromEntries(counted)).toEqual({
    peerify_sockets: 1,
    peerify_swarms: 0,
    peerify_peers: 0,
    peerify_copy_targets: 0,
    peerify_volunteers: 0,
    peerify_promised_pieces: 0,
    peerify_promised_bytes: 0,
    peerify_volunteer_pieces: 0,
    peerify_volunteer_bytes: 0,
    'peerify_messages_total{event="announce"}': 3,
    'peerify_messages_total{event="find"}': 1,
    'peerify_messages_total{event="signal"}': 2,
    'peerify_messages_total{event="leave"}': 1,
    'peerify_messages_total{event="unknown"}': 3,
    'peerify_refusals_total{code="invalid"}': 4,
    'peerify_refusals_total{code="undeliverable"}': 1,
    'peerify_limit_hits_total{limit="unknown-events"}': 1,
  });
});

test('limits at the door are counted, whoever hits them', async () => {
  const tracker = await start({
    metricsPort: 0,
    addressLimits: { socketsPerAddress: 1, connectionsPerMinute: 1, unknownSharesPerMinute: 1 },
  });
  const connect = async (headers: Record<string, string> = {}): Promise<unknown> =>
    connectPeer(tracker.url, headers).catch(String);
  const peer = await connectPeer(tracker.url);
  await connect();
  await connect({ Origin: 'https://evil.example' });
  await peer.ask('find', { shareId: share.shareId });
  await peer.ask('find', { shareId: share.shareId });
  peer.socket.disconnect();
  await expect.poll(() => readSamples(tracker)).toSatisfy(hasNoSocket);
  await connect();
  const limits = [...(await readSamples(tracker))].filter(([name]) => name.includes('limit_hits'));
  expect(Object.fromEntries(limits)).toEqual({
    'peerify_limit_hits_total{limit="open-sockets"}': 1,
    'peerify_limit_hits_total{limit="origin"}': 1,
    'peerify_limit_hits_total{limit="unknown-shares"}': 1,
    'peerify_limit_hits_total{limit="new-connections"}': 1,
  });
});

function hasNoSocket(samples: ReadonlyMap<string, number>): boolean {
  return samples.get('peerify_sockets') === 0;
}

test('two trackers in one process count for themselves', async () => {
  const [one, two] = [await start(), await start()];
  const peer = await connectPeer(one.url);
  await peer.ask('leave', { shareId: share.shareId });
  expect((await readSamples(one)).get('peerify_messages_total{event="leave"}')).toBe(1);
  expect([...(await readSamples(two)).keys()].join(' ')).not.toContain('leave');
});

test('they are at no other path, on loopback alone, and nowhere unless asked for', async () => {
  const tracker = await start();
  const reply = await read(tracker);
  expect(reply.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect((await read(tracker, '/')).status).toBe(404);
  expect((await fetch(`${tracker.url}/metrics`)).status).not.toBe(200);
  await expect(fetch(`http://127.0.0.2:${tracker.metricsPort}/metrics`)).rejects.toThrow('fetch');
  expect((await start({})).metricsPort).toBeUndefined();
});

test('they end with the tracker', async () => {
  const tracker = await startTracker({ host: '127.0.0.1', metricsPort: 0 });
  await tracker.close();
  await expect(read(tracker)).rejects.toThrow('fetch');
});
