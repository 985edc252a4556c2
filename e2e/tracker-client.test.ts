import { createServer } from 'node:net';

import { afterEach, describe, expect, test, vi } from 'vitest';

import { listen } from '../server/http/listen.ts';
import type { RunningTracker, TrackerOptions } from '../server/start-tracker.ts';
import { startTracker } from '../server/start-tracker.ts';
import type { Bytes } from '../shared/share/bytes.ts';
import type { SampleShare } from '../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../shared/share/sample-share.test-helper.ts';
import type { ShareId } from '../shared/share/share-id.ts';
import type {
  Announcement,
  TrackerEvents,
  TrackerSession,
  Welcome,
} from '../shared/swarm/ports/tracker-client.ts';
import { Bitfield } from '../shared/wire/bitfield.ts';
import type { TrackerStatus } from '../web/tracker/socket-io-tracker-client.ts';
import { SocketIoTrackerClient } from '../web/tracker/socket-io-tracker-client.ts';

const closers: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function start(options: TrackerOptions = {}): Promise<RunningTracker> {
  const tracker = await startTracker({ host: '127.0.0.1', ...options });
  closers.push(tracker.close);
  return tracker;
}

function connect(url: string): SocketIoTrackerClient {
  const client = new SocketIoTrackerClient(url, { firstMs: 40, maxMs: 50 });
  closers.push(() => client.close());
  return client;
}

interface Joined {
  readonly session: TrackerSession;
  readonly welcomes: Welcome[];
  readonly downs: number[];
  readonly signals: { from: string; sealed: Uint8Array }[];
  readonly welcomed: (count?: number) => Promise<Welcome>;
}

function join(client: SocketIoTrackerClient, shareId: ShareId): Joined {
  const welcomes: Welcome[] = [];
  const downs: number[] = [];
  const signals: Joined['signals'] = [];
  const events: TrackerEvents = {
    onWelcome: (welcome) => welcomes.push(welcome),
    onDown: () => downs.push(welcomes.length),
    onSignal: (from, sealed) => signals.push({ from, sealed }),
  };
  const session = client.join(shareId, events);
  const welcomed = (count = 1): Promise<Welcome> =>
    vi.waitFor(() => {
      const welcome = welcomes[count - 1];
      if (welcome === undefined) throw new Error('no welcome yet');
      return welcome;
    }, 5000);
  return { session, welcomes, downs, signals, welcomed };
}

function bits(share: SampleShare, ...pieces: number[]) {
  return Bitfield.of(share.header.geometry.pieceCount, pieces).toBytes();
}

function announcementOf(share: SampleShare, bitfield: Bytes): Announcement {
  return { header: share.header.bytes, bitfield, role: 'member' };
}

const sampleShare = () => createSampleShare({ streamLength: 10 * 65_536 });

describe('a page and its tracker', () => {
  test('T6: find gives the header, the counts and the other peers with what they announced', async () => {
    const { url } = await start();
    const share = await sampleShare();
    const a = join(connect(url), share.shareId);
    const b = join(connect(url), share.shareId);
    const { peerId } = await a.welcomed();
    await b.welcomed();
    expect(await a.session.announce(announcementOf(share, bits(share, 0, 9)))).toEqual({
      kind: 'announced',
    });
    expect(await a.session.announceGained([[3, 4]])).toEqual({ kind: 'announced' });
    expect(await b.session.find()).toEqual({
      kind: 'found',
      header: share.header.bytes,
      seederCount: 0,
      holderCount: 1,
      volunteerHolderCount: 0,
      peers: [{ peerId, bitfield: bits(share, 0, 3, 4, 9), isVolunteer: false }],
    });
    expect(await a.session.find()).toMatchObject({ holderCount: 0, peers: [] });
  });

  test('T8: a signal reaches the session of its own share alone, byte for byte', async () => {
    const { url } = await start();
    const [one, two] = [await sampleShare(), await sampleShare()];
    const [alice, bob] = [connect(url), connect(url)];
    const [a1, a2] = [join(alice, one.shareId), join(alice, two.shareId)];
    const [b1, b2] = [join(bob, one.shareId), join(bob, two.shareId)];
    const from = (await a1.welcomed()).peerId;
    const to = (await b1.welcomed()).peerId;
    for (const joined of [a1, b1]) await joined.session.announce(announcementOf(one, bits(one)));
    for (const joined of [a2, b2]) await joined.session.announce(announcementOf(two, bits(two)));
    a2.session.signal(to, new Uint8Array([1, 2, 255]));
    await vi.waitFor(() => expect(b2.signals).toHaveLength(1));
    expect(b2.signals[0]).toEqual({ from, sealed: new Uint8Array([1, 2, 255]) });
    expect(b1.signals).toEqual([]);
  });

  test('T11, T16: signals that come too fast for the tracker arrive all the same, each once', async () => {
    const { url } = await start();
    const share = await sampleShare();
    const [a, b] = [join(connect(url), share.shareId), join(connect(url), share.shareId)];
    await a.welcomed();
    const to = (await b.welcomed()).peerId;
    for (const joined of [a, b]) {
      await joined.session.announce(announcementOf(share, bits(share)));
    }
    const numbers = Array.from({ length: 230 }, (_, i) => i);
    for (const number of numbers) a.session.signal(to, Uint8Array.of(number));
    await vi.waitFor(() => expect(b.signals).toHaveLength(numbers.length), 10_000);
    const arrived = b.signals.map(({ sealed }) => Number(sealed[0]));
    expect(arrived.toSorted((one, other) => one - other)).toEqual(numbers);
  });

  test('T6, T9: a share that nobody is in is unknown, and becomes so when the last one leaves', async () => {
    const { url } = await start();
    const share = await sampleShare();
    const a = join(connect(url), share.shareId);
    const b = join(connect(url), share.shareId);
    await Promise.all([a.welcomed(), b.welcomed()]);
    expect(await b.session.find()).toEqual({ kind: 'unknown-share' });
    await a.session.announce(announcementOf(share, bits(share)));
    expect(await b.session.find()).toMatchObject({ kind: 'found' });
    a.session.leave();
    await vi.waitFor(async () => {
      expect(await b.session.find()).toEqual({ kind: 'unknown-share' });
    });
    expect(await a.session.find()).toEqual({ kind: 'unavailable' });
  });

  test('T2, T16: after a restart of the tracker everyone is welcomed anew and must announce in full', async () => {
    const first = await start({ random: () => 0 });
    const share = await sampleShare();
    const client = connect(first.url);
    const a = join(client, share.shareId);
    const before = await a.welcomed();
    await a.session.announce(announcementOf(share, bits(share, 0)));
    await first.close();
    await vi.waitFor(() => expect(a.downs).toEqual([1]));
    expect(client.status).toBe('down');
    expect(await a.session.find()).toEqual({ kind: 'unavailable' });
    await start({ port: first.port });
    const after = await a.welcomed(2);
    expect(after.peerId).not.toBe(before.peerId);
    expect(await a.session.announceGained([[1, 1]])).toEqual({
      kind: 'refused',
      code: 'not-announced',
    });
  });

  test('T21: a page comes again after the time that a tracker which stops has told it', async () => {
    const first = await start({ random: () => 0.25 });
    const share = await sampleShare();
    const a = join(connect(first.url), share.shareId);
    await a.welcomed();
    await first.close();
    const stoppedMs = performance.now();
    await start({ port: first.port });
    await a.welcomed(2);
    expect(performance.now() - stoppedMs).toBeGreaterThan(1500);
  });

  test('case T23; T21: a page that finds no tracker tries again after a random part of a time that doubles', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.1);
    // What it asks for, and not when it comes: that is the machine's doing.
    const timers = vi.spyOn(globalThis, 'setTimeout');
    let attemptCount = 0;
    const nobody = createServer((tcp) => {
      attemptCount += 1;
      tcp.destroy();
    });
    closers.push(() => {
      nobody.close();
      vi.restoreAllMocks();
    });
    const port = await listen(nobody, 0, '127.0.0.1');
    const pace = { firstMs: 1000, maxMs: 2000 };
    const client = new SocketIoTrackerClient(`http://127.0.0.1:${port}`, pace);
    closers.push(() => client.close());
    await vi.waitFor(() => expect(attemptCount).toBeGreaterThan(3), 10_000);
    const pausesMs = timers.mock.calls
      .map(([, delayMs = 0]) => delayMs)
      .filter((delayMs) => delayMs > 0 && delayMs <= pace.maxMs);
    expect(pausesMs.slice(0, 3)).toEqual([100, 200, 200]);
  });

  test('whoever joins later is welcomed once it has the session in hand', async () => {
    const { url } = await start();
    const [one, two] = [await sampleShare(), await sampleShare()];
    const client = connect(url);
    const { peerId } = await join(client, one.shareId).welcomed();
    const later = join(client, two.shareId);
    expect(later.welcomes).toEqual([]);
    expect((await later.welcomed()).peerId).toBe(peerId);
  });

  test('the status goes from connecting to up, and to down when the tracker is away', async () => {
    const tracker = await start();
    const client = connect(tracker.url);
    const seen: TrackerStatus[] = [client.status];
    client.subscribe((status) => seen.push(status));
    await vi.waitFor(() => expect(client.status).toBe('up'));
    await tracker.close();
    await vi.waitFor(() => expect(client.status).toBe('down'));
    expect(seen).toEqual(['connecting', 'up', 'down']);
  });
});
