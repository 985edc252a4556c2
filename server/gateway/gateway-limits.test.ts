import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { encodeBase64Url } from '../../shared/share/base64url.ts';
import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { TrackerOptions } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';
import type { TestPeer } from './test-peer.test-helper.ts';
import { announceOf, connectPeer, isClosedWithin, stopReading } from './test-peer.test-helper.ts';

const stops: (() => unknown)[] = [];
let share: SampleShare;

beforeAll(async () => {
  share = await createSampleShare({ streamLength: 10 * 65_536 });
});

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(options: TrackerOptions = {}): Promise<string> {
  const tracker = await startTracker({ host: '127.0.0.1', ...options });
  stops.push(() => tracker.close());
  return tracker.url;
}

async function connect(url: string, headers: Record<string, string> = {}): Promise<TestPeer> {
  const peer = await connectPeer(url, headers);
  stops.push(() => peer.socket.disconnect());
  return peer;
}

/** The clock stands still, so that no token comes back. */
const STANDING_STILL = { nowMs: () => 0 };

describe('rates', () => {
  test('case T10; T11: after 50 messages at once a connection is told how long to wait, and others are not', async () => {
    const url = await start(STANDING_STILL);
    const [a, b] = [await connect(url), await connect(url)];
    const leave = { shareId: share.shareId };
    const answers = await Promise.all(Array.from({ length: 51 }, () => a.ask('leave', leave)));
    expect(answers.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => ({ ok: true })));
    expect(answers[50]).toEqual({ ok: false, code: 'rate-limited', retryAfterMs: 100 });
    expect(await b.ask('leave', leave)).toEqual({ ok: true });
  });

  test('case T17; T11: signals have a rate of their own, wide enough for thirty dials at once', async () => {
    const a = await connect(await start(STANDING_STILL));
    const signal = { shareId: share.shareId, to: a.peerId, data: new Uint8Array(1) };
    const answers = await Promise.all(Array.from({ length: 201 }, () => a.ask('signal', signal)));
    expect(answers[199]).toEqual({ ok: false, code: 'undeliverable' });
    expect(answers[200]).toMatchObject({ code: 'rate-limited' });
    expect(await a.ask('leave', { shareId: share.shareId })).toEqual({ ok: true });
  });

  test('case T10; T11: a connection that floods regardless is closed', async () => {
    const url = await start(STANDING_STILL);
    const [a, b] = [await connect(url), await connect(url)];
    for (let i = 0; i < 400; i += 1) a.socket.emit('find', {});
    expect(await isClosedWithin(a.socket, 3000)).toBe(true);
    expect(b.socket.connected).toBe(true);
  });

  test('case T19; T12: guessing share IDs is stopped, also for the share that exists, but not for those in it', async () => {
    const url = await start({ addressLimits: { unknownSharesPerMinute: 3 } });
    const [member, guesser] = [await connect(url), await connect(url)];
    await member.ask('announce', announceOf(share, 1));
    for (let i = 0; i < 3; i += 1) {
      const shareId = encodeBase64Url(new Uint8Array(16).fill(i));
      expect(await guesser.ask('find', { shareId })).toEqual({ ok: false, code: 'unknown-share' });
    }
    const { shareId } = share;
    expect(await guesser.ask('find', { shareId })).toMatchObject({ code: 'rate-limited' });
    expect(await member.ask('find', { shareId })).toMatchObject({ ok: true });
  });

  test('case T11; T13: a connection is in 32 swarms at most', async () => {
    const a = await connect(await start());
    const shares = await Promise.all(
      Array.from({ length: 33 }, () => createSampleShare({ streamLength: 100 })),
    );
    const answers = [];
    for (const each of shares) answers.push(await a.ask('announce', announceOf(each)));
    expect(answers.filter((answer) => JSON.stringify(answer) === '{"ok":true}')).toHaveLength(32);
    expect(answers[32]).toEqual({ ok: false, code: 'too-many-swarms' });
  });
});

describe('who may connect', () => {
  test('case T20; T12: so many of one address at a time, whatever a forwarding header says', async () => {
    const url = await start({ addressLimits: { socketsPerAddress: 2 } });
    const first = await connect(url, { 'X-Forwarded-For': '192.0.2.1' });
    await connect(url, { 'X-Forwarded-For': '192.0.2.2' });
    await expect(connect(url, { 'X-Forwarded-For': '192.0.2.3' })).rejects.toThrow(
      'websocket error',
    );
    first.socket.disconnect();
    await vi.waitFor(() => connect(url));
  });

  test('T12: so many of all addresses together, and others once some of them have gone', async () => {
    const url = await start({ trustProxyHops: 1, maxSockets: 2 });
    const first = await connect(url, { 'X-Forwarded-For': '192.0.2.1' });
    const second = await connect(url, { 'X-Forwarded-For': '192.0.2.2' });
    const late = connect(url, { 'X-Forwarded-For': '192.0.2.3' });
    await expect(late).rejects.toThrow('websocket error');
    expect(await second.ask('leave', { shareId: share.shareId })).toEqual({ ok: true });
    first.socket.disconnect();
    await vi.waitFor(() => connect(url, { 'X-Forwarded-For': '192.0.2.3' }));
  });

  test('case T20; T12: behind a proxy of ours its word for the address counts', async () => {
    const url = await start({ trustProxyHops: 1, addressLimits: { socketsPerAddress: 1 } });
    await connect(url, { 'X-Forwarded-For': '6.6.6.6, 192.0.2.1' });
    await connect(url, { 'X-Forwarded-For': '6.6.6.6, 192.0.2.2' });
    await expect(connect(url, { 'X-Forwarded-For': '7.7.7.7, 192.0.2.1' })).rejects.toThrow(
      'websocket error',
    );
  });
});

describe('a peer that does not read', () => {
  test('case T18; T14, T37: is sent no more signals once much waits for it, and is not dropped for them', async () => {
    let nowMs = 0;
    const url = await start({ nowMs: () => nowMs });
    const [sender, reader] = [await connect(url), await connect(url)];
    for (const peer of [sender, reader]) await peer.ask('announce', announceOf(share));
    const { shareId } = share;
    const signal = { shareId, to: reader.peerId, data: new Uint8Array(8192) };
    let isLost = false;
    reader.socket.once('disconnect', () => (isLost = true));
    const resume = stopReading(reader);
    await vi.waitFor(
      async () => {
        nowMs += 10_000;
        const answers = await Promise.all(
          Array.from({ length: 100 }, () => sender.ask('signal', signal)),
        );
        // The first of a window, which has no other reason to be refused.
        expect(answers[0]).toEqual({ ok: false, code: 'rate-limited', retryAfterMs: 1000 });
      },
      { timeout: 15_000, interval: 1 },
    );
    nowMs += 10_000;
    resume();
    await vi.waitFor(async () => {
      expect(await sender.ask('signal', signal)).toEqual({ ok: true });
    }, 5000);
    expect(await reader.ask('find', { shareId })).toMatchObject({ ok: true });
    expect(isLost).toBe(false);
  });
});
