import { createServer } from 'node:http';

import { Server } from 'socket.io';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { encodeBase64Url } from '../shared/share/base64url.ts';
import { formatShareId } from '../shared/share/share-id.ts';
import { SocketIoTrackerClient } from '../web/tracker/socket-io-tracker-client.ts';

const SHARE = formatShareId(new Uint8Array(16));
const OUR_ID = encodeBase64Url(new Uint8Array(16).fill(1));
const PEER_ID = encodeBase64Url(new Uint8Array(16).fill(2));
const WELCOME = { version: 1, peerId: OUR_ID, iceServers: [], announceIntervalMs: 120_000 };
const FOUND = {
  ok: true,
  header: new Uint8Array(10),
  seederCount: 0,
  holderCount: 0,
  peerIds: [PEER_ID],
  bitfields: new Uint8Array(2),
};

const ANNOUNCEMENT = {
  header: new Uint8Array(1),
  bitfield: new Uint8Array(1),
  role: 'member',
} as const;

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A tracker that says whatever the test wants: `welcome` first, `answer` to everything, `signals` unasked. */
async function startLiar(lies: { welcome?: unknown; answer?: unknown; signals?: unknown[] }) {
  const httpServer = createServer();
  const io = new Server(httpServer, { transports: ['websocket'] });
  stops.push(() => io.close());
  let connections = 0;
  io.on('connection', (socket) => {
    connections += 1;
    socket.emit('welcome', 'welcome' in lies ? lies.welcome : WELCOME);
    for (const signal of lies.signals ?? []) socket.emit('signal', signal);
    socket.onAny((...args: unknown[]) => {
      const acknowledge = args.at(-1);
      if (typeof acknowledge === 'function') Reflect.apply(acknowledge, undefined, [lies.answer]);
    });
  });
  await new Promise<void>((resolve) => {
    httpServer.listen(0, '127.0.0.1', resolve);
  });
  const address = httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    io,
    connections: () => connections,
  };
}

function join(url: string) {
  const client = new SocketIoTrackerClient(url, { firstMs: 40, maxMs: 1000 });
  stops.push(() => client.close());
  const events = { onWelcome: vi.fn(), onDown: vi.fn(), onSignal: vi.fn() };
  return { client, events, session: client.join(SHARE, events) };
}

function createVolunteerEvents() {
  return { onWelcome: vi.fn(), onDown: vi.fn(), onReplicate: vi.fn(), onRelease: vi.fn() };
}

async function joinWelcomed(url: string) {
  const joined = join(url);
  await vi.waitFor(() => expect(joined.events.onWelcome).toHaveBeenCalledOnce());
  return joined;
}

describe('a tracker that lies cannot harm the page', () => {
  test.each([
    ['nothing', undefined],
    ['another protocol version', { ...WELCOME, version: 2 }],
    ['a peer ID that is none', { ...WELCOME, peerId: 'me' }],
    ['a server that no browser takes', { ...WELCOME, iceServers: [{ urls: ['http://x'] }] }],
    ['announces every millisecond', { ...WELCOME, announceIntervalMs: 1 }],
  ])('T15: a welcome with %s is no welcome', async (_, welcome) => {
    const liar = await startLiar({ welcome, answer: FOUND });
    const { client, events, session } = join(liar.url);
    await vi.waitFor(() => expect(client.status).toBe('down'));
    expect(events.onWelcome).not.toHaveBeenCalled();
    expect(await session.find()).toEqual({ kind: 'unavailable' });
  });

  test.each([
    ['nothing', undefined],
    ['a text', 'ok'],
    ['no header', { ...FOUND, header: undefined }],
    [
      'bitfields that do not divide',
      { ...FOUND, peerIds: [PEER_ID, OUR_ID], bitfields: Buffer.alloc(3) },
    ],
    [
      'more peers than there may be',
      { ...FOUND, peerIds: Array.from({ length: 1000 }, () => PEER_ID) },
    ],
    ['a code that does not exist', { ok: false, code: '<script>' }],
  ])('T15: an answer with %s counts as none', async (_, answer) => {
    const { session } = await joinWelcomed((await startLiar({ answer })).url);
    expect(await session.find()).toEqual({ kind: 'unavailable' });
    expect(await session.announce(ANNOUNCEMENT)).toEqual(
      JSON.stringify(answer)?.includes('"ok":true')
        ? { kind: 'announced' }
        : { kind: 'unavailable' },
    );
  });

  test('ourselves are never among the peers found', async () => {
    const answer = { ...FOUND, peerIds: [OUR_ID, PEER_ID], bitfields: Buffer.from([1, 2]) };
    const { session } = await joinWelcomed((await startLiar({ answer })).url);
    expect(await session.find()).toMatchObject({
      kind: 'found',
      peers: [{ peerId: PEER_ID, bitfield: new Uint8Array([2]) }],
    });
  });

  test('T15: only signals that are well formed, and for a share that was joined, arrive', async () => {
    const data = Buffer.from([7]);
    const good = { shareId: SHARE, from: PEER_ID, data };
    const signals = [
      null,
      { ...good, from: 'x' },
      { ...good, data: 'text' },
      { ...good, data: Buffer.alloc(8193) },
      { ...good, shareId: formatShareId(new Uint8Array(16).fill(3)) },
      good,
    ];
    const { events } = await joinWelcomed((await startLiar({ signals })).url);
    await vi.waitFor(() => expect(events.onSignal).toHaveBeenCalled());
    expect(events.onSignal.mock.calls).toEqual([[PEER_ID, new Uint8Array([7])]]);
  });

  test('T15: volunteers stand at the end of what find answers', async () => {
    const peerIds = [PEER_ID, encodeBase64Url(new Uint8Array(16).fill(3))];
    const counts = { holderCount: 2, volunteerCount: 1, volunteerHolderCount: 1 };
    const answer = { ...FOUND, ...counts, peerIds };
    const { session } = await joinWelcomed((await startLiar({ answer })).url);
    const peers = [{ isVolunteer: false }, { isVolunteer: true }];
    expect(await session.find()).toMatchObject({ volunteerHolderCount: 1, peers });
  });

  test.each([
    ['nothing', undefined],
    ['no pieces to drop', { ok: true }],
    ['a share ID that is none', { ok: true, drops: [{ shareId: 'x', pieces: [[0, 0]] }] }],
    ['pieces that cannot be', { ok: true, drops: [{ shareId: SHARE, pieces: [[1, 0]] }] }],
  ])('T15: an answer to unload with %s counts as none', async (_, answer) => {
    const { client } = await joinWelcomed((await startLiar({ answer })).url);
    expect(await client.volunteer(createVolunteerEvents()).unload(1)).toBeUndefined();
  });

  test('T15: a volunteer gets orders and releases that are well formed, until it withdraws', async () => {
    const liar = await startLiar({ answer: { ok: true } });
    const { client } = await joinWelcomed(liar.url);
    const events = createVolunteerEvents();
    const line = client.volunteer(events);
    await vi.waitFor(() => expect(events.onWelcome).toHaveBeenCalledOnce());
    const [header, target] = [new Uint8Array([1]), new Uint8Array(69)];
    const order = { shareId: SHARE, header, target, pieces: [[0, 3]], deadlineMs: 30_000 };
    const wrong = [
      { shareId: 'x' },
      { target: new Uint8Array(68) },
      { pieces: [] },
      { deadlineMs: 1e9 },
    ];
    for (const field of wrong) liar.io.emit('replicate', { ...order, ...field });
    for (const shareId of ['x', SHARE]) liar.io.emit('release', { shareId });
    liar.io.emit('replicate', order);
    await vi.waitFor(() => expect(events.onReplicate).toHaveBeenCalledOnce());
    expect(events.onReplicate.mock.calls).toEqual([[order]]);
    expect(events.onRelease.mock.calls).toEqual([[SHARE]]);
    line.withdraw();
    liar.io.emit('replicate', order);
    expect(await line.offer(1, 0)).toBe(false);
    expect(await line.unload(1)).toBeUndefined();
    expect(events.onReplicate).toHaveBeenCalledOnce();
    expect(await client.volunteer(createVolunteerEvents()).offer(1, 0)).toBe(true);
  });

  test('after leaving, nothing arrives and nothing is asked', async () => {
    const liar = await startLiar({ answer: FOUND });
    const { client, session, events } = await joinWelcomed(liar.url);
    const stays = { onWelcome: vi.fn(), onDown: vi.fn(), onSignal: vi.fn() };
    const other = formatShareId(new Uint8Array(16).fill(3));
    client.join(other, stays);
    session.leave();
    const signal = { from: PEER_ID, data: Buffer.from([7]) };
    for (const shareId of [SHARE, other]) liar.io.emit('signal', { ...signal, shareId });
    await vi.waitFor(() => expect(stays.onSignal).toHaveBeenCalledOnce());
    expect(events.onSignal).not.toHaveBeenCalled();
    expect(await session.find()).toEqual({ kind: 'unavailable' });
    expect(await session.announce(ANNOUNCEMENT)).toEqual({
      kind: 'unavailable',
    });
  });

  test('a tracker that throws everybody out is returned to', async () => {
    const liar = await startLiar({});
    const { client, events } = await joinWelcomed(liar.url);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    stops.push(() => vi.useRealTimers());
    liar.io.disconnectSockets(true);
    await vi.waitUntil(() => client.status === 'down');
    expect(events.onDown).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(events.onWelcome).toHaveBeenCalledTimes(2));
    expect(liar.connections()).toBe(2);
  });
});
