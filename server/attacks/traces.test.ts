import { afterEach, expect, test } from 'vitest';

import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { announceOf, connectPeer, isClosedWithin } from '../gateway/test-peer.test-helper.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import type { TrackerProcess } from '../run-tracker.test-helper.ts';
import { findFreePort, readUrl, runTracker } from '../run-tracker.test-helper.ts';

const TURN_SECRET = 'tell-tale-secret-of-the-turn-server';
const NAME = 'tell-tale-name.pdf';
const ADDRESSES = ['198.51.100.77', '203.0.113.88', '2001:db8:77:88::9'] as const;
const SDP = `v=0\r\no=- 4242424242 2 IN IP4 ${ADDRESSES[1]}\r\na=candidate:1 1 udp 1 tell-tale.local 9 typ host`;

let started: TrackerProcess | undefined;
const peers: TestPeer[] = [];

afterEach(() => {
  for (const { socket } of peers.splice(0)) socket.disconnect();
  started?.child.kill('SIGKILL');
});

async function connect(url: string, address: string): Promise<TestPeer> {
  const headers = { 'X-Forwarded-For': address, 'User-Agent': 'tell-tale-browser' };
  const peer = await connectPeer(url, headers, { query: { name: NAME } });
  peers.push(peer);
  return peer;
}

test('case T29; T18: after everything that can happen, log, metrics and health name nothing and nobody', async () => {
  const METRICS_PORT = String(await findFreePort());
  started = runTracker({
    METRICS_PORT,
    LOG_LEVEL: 'debug',
    TRUST_PROXY_HOPS: '1',
    MAX_SOCKETS_PER_ADDRESS: '2',
    MAX_UNKNOWN_SHARES_PER_MINUTE: '1',
    TURN_URLS: 'turn:tell-tale.example:3478',
    TURN_SECRET,
    MAX_TURN_CREDENTIALS_PER_MINUTE: '1',
  });
  const url = await readUrl(started);
  const [share, other] = [
    await createSampleShare({ streamLength: 10 * 65_536, name: NAME }),
    await createSampleShare({ streamLength: 20 * 65_536, name: NAME }),
  ];
  const marks = [NAME, ...ADDRESSES, 'tell-tale', '4242424242', 'v=0', 'candidate:'];
  const { shareId } = share;

  const [a, b] = [await connect(url, ADDRESSES[0]), await connect(url, ADDRESSES[0])];
  const c = await connect(url, ADDRESSES[2]);
  const data = new TextEncoder().encode(SDP);
  for (const peer of [a, b]) await peer.ask('announce', announceOf(share, 1));
  await a.ask('announce', { shareId, gained: [[2, 3]] });
  await a.ask('find', { shareId });
  const relay = await a.ask('relay', { shareId });
  expect(await b.ask('relay', { shareId })).toMatchObject({ code: 'rate-limited' });
  await a.ask('signal', { shareId, to: b.peerId, data });
  await a.ask('signal', { shareId, to: c.peerId, data });
  await a.ask('announce', { ...announceOf(share), header: other.header.bytes });
  await a.ask('announce', { shareId: other.shareId, gained: [[0, 1]] });
  await a.ask('find', { shareId: SDP, [NAME]: NAME });
  for (let i = 0; i < 2; i += 1) await c.ask('find', { shareId: other.shareId });
  await b.ask('leave', { shareId });
  for (let i = 0; i < 3; i += 1) c.socket.emit(`${NAME} ${shareId} ${SDP}`, SDP);
  expect(await isClosedWithin(c.socket, 2000)).toBe(true);
  await expect(connect(url, ADDRESSES[0])).rejects.toThrow('websocket error');
  await expect(
    connectPeer(url, { 'X-Forwarded-For': ADDRESSES[1], Origin: 'https://tell-tale.example' }),
  ).rejects.toThrow('websocket error');
  await fetch(`${url}/${NAME}?share=${shareId}`, { headers: { Referer: `${url}/#${shareId}` } });
  for (let i = 0; i < 500; i += 1) b.socket.emit('find', { shareId });
  expect(await isClosedWithin(b.socket, 2000)).toBe(true);

  const metrics = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text();
  const health = await (await fetch(`${url}/healthz`)).text();
  expect(await a.ask('find', { shareId })).toMatchObject({ ok: true });
  started.child.kill('SIGTERM');
  expect(await started.exited).toBe(0);

  for (const code of [
    'invalid',
    'not-announced',
    'unknown-share',
    'undeliverable',
    'rate-limited',
  ]) {
    expect(metrics).toContain(`peerify_refusals_total{code="${code}"}`);
  }
  for (const limit of [
    'origin',
    'open-sockets',
    'unknown-shares',
    'relay-grants',
    'overruns',
    'unknown-events',
  ]) {
    expect(metrics).toContain(`peerify_limit_hits_total{limit="${limit}"} 1\n`);
  }
  expect(started.err).toContain('beyond a limit: overruns');
  expect(started.err).toContain('refused pages of another origin');
  expect(metrics).toContain('peerify_messages_total{event="relay"} 2\n');
  const everything = [started.out, started.err, metrics, health].join('\n');
  const ids = [shareId, other.shareId, ...[a, b, c].map(({ peerId }) => peerId)];
  marks.push(TURN_SECRET, ...readCredentials(relay));
  for (const mark of [...marks, ...ids.flatMap(spell)]) expect(everything).not.toContain(mark);
});

/** The user name, its random part, and the credential. */
function readCredentials(grant: unknown): string[] {
  const [username, credential] = ['username', 'credential'].map((field) =>
    String(Reflect.get(Object(grant), field)),
  );
  if (username === undefined || credential === undefined) throw new Error('no credentials');
  const random = username.split(':')[1];
  if (random === undefined) throw new Error('not a user name for a time');
  return [username, random, credential];
}

/** The same bytes as they may be written. */
function spell(id: string): string[] {
  const bytes = Buffer.from(id, 'base64url');
  return [id, bytes.toString('hex'), bytes.toString('base64')];
}
