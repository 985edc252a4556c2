import { afterEach, expect, test, vi } from 'vitest';

import type { RunningTracker, TrackerOptions } from '../server/start-tracker.ts';
import { startTracker } from '../server/start-tracker.ts';
import type { SampleShare } from '../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../shared/share/sample-share.test-helper.ts';
import type { TrackerSession } from '../shared/swarm/ports/tracker-client.ts';
import { Bitfield } from '../shared/wire/bitfield.ts';
import { SocketIoTrackerClient } from '../web/tracker/socket-io-tracker-client.ts';

const RELAY = { urls: ['turn:t.example:3478'], secret: 'x'.repeat(32) };
const SERVER = { urls: RELAY.urls, username: expect.any(String), credential: expect.any(String) };

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(options: TrackerOptions): Promise<RunningTracker> {
  const tracker = await startTracker({ host: '127.0.0.1', random: () => 0, ...options });
  stops.push(tracker.close);
  return tracker;
}

function connect({ url }: RunningTracker): SocketIoTrackerClient {
  const client = new SocketIoTrackerClient(url, { firstMs: 40, maxMs: 50 });
  stops.push(() => client.close());
  return client;
}

/** Welcomed, and not announced yet. */
async function join(client: SocketIoTrackerClient, share: SampleShare): Promise<TrackerSession> {
  const onWelcome = vi.fn();
  const events = { onWelcome, onDown: () => {}, onSignal: () => {} };
  const session = client.join(share.shareId, events);
  await vi.waitFor(() => expect(onWelcome).toHaveBeenCalled());
  return session;
}

function announce(session: TrackerSession, { header }: SampleShare) {
  const bitfield = new Bitfield(header.geometry.pieceCount).toBytes();
  return session.announce({ role: 'member', header: header.bytes, bitfield });
}

test('T25: a page in a swarm is given the relay, for all its shares, and keeps it while the tracker restarts', async () => {
  const tracker = await start({ relay: RELAY });
  const client = connect(tracker);
  const [one, other] = [
    await createSampleShare({ streamLength: 100 }),
    await createSampleShare({ streamLength: 100 }),
  ];
  const [session, second] = [await join(client, one), await join(client, other)];
  await announce(session, one);
  const relays = await session.relays();
  expect(relays).toEqual([SERVER]);
  expect(second.relays()).toEqual(relays);
  await tracker.close();
  await vi.waitUntil(() => client.status === 'down');
  expect(session.relays()).toEqual(relays);
});

test('case T28; T25: a page that is refused goes on without', async () => {
  const share = await createSampleShare({ streamLength: 100 });
  const session = await join(connect(await start({ relay: RELAY })), share);
  expect(await session.relays()).toEqual([]);
  await announce(session, share);
  expect(session.relays()).toEqual([]);
});

test('T25: a page whose tracker has no relay asks for none', async () => {
  const share = await createSampleShare({ streamLength: 100 });
  const session = await join(connect(await start({})), share);
  await announce(session, share);
  expect(session.relays()).toEqual([]);
});
