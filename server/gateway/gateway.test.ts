import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { encodeBase64Url } from '../../shared/share/base64url.ts';
import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { TrackerOptions } from '../start-tracker.ts';
import { startTracker } from '../start-tracker.ts';
import type { TestPeer } from './test-peer.test-helper.ts';
import { announceOf, connectPeer, isClosedWithin } from './test-peer.test-helper.ts';

const stops: (() => unknown)[] = [];
let share: SampleShare;
let other: SampleShare;

beforeAll(async () => {
  share = await createSampleShare({ streamLength: 10 * 65_536 });
  other = await createSampleShare({ streamLength: 20 * 65_536 });
});

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function start(options: TrackerOptions = {}): Promise<string> {
  const tracker = await startTracker({ host: '127.0.0.1', ...options });
  stops.push(() => tracker.close());
  return tracker.url;
}

async function connect(url: string): Promise<TestPeer> {
  const peer = await connectPeer(url);
  stops.push(() => peer.socket.disconnect());
  return peer;
}

const find = (peer: TestPeer, shareId: string = share.shareId) => peer.ask('find', { shareId });
const ALL = Array.from({ length: 10 }, (_, piece) => piece);
const DATA = new Uint8Array([1, 2, 3]);

describe('announce and find', () => {
  test('T3, T6: a peer is found with what it holds, and counted', async () => {
    const url = await start();
    const [a, b, c] = [await connect(url), await connect(url), await connect(url)];
    expect(await a.ask('announce', announceOf(share, ...ALL))).toEqual({ ok: true });
    expect(await b.ask('announce', announceOf(share, 1))).toEqual({ ok: true });
    expect(await b.ask('announce', { shareId: share.shareId, gained: [[2, 3]] })).toEqual({
      ok: true,
    });
    const found = await find(c);
    expect(found).toMatchObject({ ok: true, seederCount: 1, holderCount: 2 });
    expect(found).toHaveProperty('header', Buffer.from(share.header.bytes));
    expect(await find(a)).toMatchObject({
      peerIds: [b.peerId],
      bitfields: Buffer.from([0b0111_0000, 0]),
      seederCount: 0,
      holderCount: 1,
    });
  });

  test('one connection is in two swarms without mixing them', async () => {
    const url = await start();
    const [a, b] = [await connect(url), await connect(url)];
    await a.ask('announce', announceOf(share, 0));
    await a.ask('announce', announceOf(other, 0, 1));
    await a.ask('leave', { shareId: share.shareId });
    expect(await find(b)).toEqual({ ok: false, code: 'unknown-share' });
    expect(await find(b, other.shareId)).toMatchObject({ ok: true, peerIds: [a.peerId] });
  });

  test('T9: a lost connection takes its holdings along', async () => {
    const url = await start();
    const [a, b] = [await connect(url), await connect(url)];
    await a.ask('announce', announceOf(share, 0));
    await a.ask('announce', announceOf(other, 0));
    a.socket.disconnect();
    await vi.waitFor(async () => {
      expect(await find(b)).toEqual({ ok: false, code: 'unknown-share' });
      expect(await find(b, other.shareId)).toEqual({ ok: false, code: 'unknown-share' });
    });
  });

  test('T9: an announce whose check is still running when the connection is lost leaves nothing', async () => {
    const url = await start();
    const b = await connect(url);
    for (let round = 0; round < 10; round += 1) {
      const a = await connect(url);
      a.socket.emit('announce', announceOf(share, 0));
      a.socket.disconnect();
    }
    await vi.waitFor(async () => {
      const health = await (await fetch(`${url}/healthz`)).json();
      expect(health).toMatchObject({ sockets: 1, swarms: 0, holdings: 0 });
    });
    expect(await find(b)).toEqual({ ok: false, code: 'unknown-share' });
  });

  test('T9: a peer that is silent for 300 s is forgotten, and told so when it speaks', async () => {
    let nowMs = 0;
    const url = await start({ nowMs: () => nowMs, expiryCheckMs: 5 });
    const [a, b] = [await connect(url), await connect(url)];
    await a.ask('announce', announceOf(share, 0));
    nowMs = 299_000;
    expect(await find(b)).toMatchObject({ ok: true });
    nowMs = 300_000;
    await vi.waitFor(async () => {
      expect(await find(b)).toEqual({ ok: false, code: 'unknown-share' });
    });
    expect(await a.ask('announce', { shareId: share.shareId, gained: [[1, 1]] })).toEqual({
      ok: false,
      code: 'not-announced',
    });
  });
});

describe('a header', () => {
  test('T3: must be signed by the key that names the share, in every byte', async () => {
    const a = await connect(await start());
    const valid = announceOf(share);
    for (const at of [0, 2, 10, 15, 40, 90, 120, valid.header.length - 1]) {
      const header = Uint8Array.from(valid.header);
      header[at] = (header[at] ?? 0) ^ 1;
      expect(await a.ask('announce', { ...valid, header })).toEqual({ ok: false, code: 'invalid' });
    }
    const foreign = { ...valid, header: other.header.bytes };
    expect(await a.ask('announce', foreign)).toEqual({ ok: false, code: 'invalid' });
  });

  test('T4: that differs from the swarm’s is refused, though the same key signed it', async () => {
    const url = await start();
    const [a, b] = [await connect(url), await connect(url)];
    const { createHeader } = await import('../../shared/share/header.ts');
    const { keys, signingKeys, shareId } = share;
    const summary = { name: 'other', fileCount: 1, totalBytes: 10 * 65_536 - 10 };
    const fields = { streamLength: 10 * 65_536, indexLength: 10, summary };
    const header = await createHeader({ ...fields, keys, signingKeys, shareId });
    await a.ask('announce', announceOf(share));
    expect(await b.ask('announce', { ...announceOf(share), header: header.bytes })).toEqual({
      ok: false,
      code: 'header-conflict',
    });
  });

  test('T3, W4: does not excuse a bitfield of another length or with spare bits', async () => {
    const a = await connect(await start());
    for (const bitfield of [new Uint8Array(1), new Uint8Array(3), new Uint8Array([0, 1])]) {
      expect(await a.ask('announce', { ...announceOf(share), bitfield })).toEqual({
        ok: false,
        code: 'invalid',
      });
    }
  });
});

describe('a signal', () => {
  test('T8: reaches the other peer of the swarm with the sender’s true name', async () => {
    const url = await start();
    const [a, b] = [await connect(url), await connect(url)];
    for (const peer of [a, b]) await peer.ask('announce', announceOf(share));
    const { shareId } = share;
    expect(await a.ask('signal', { shareId, to: b.peerId, data: DATA })).toEqual({ ok: true });
    expect(b.received).toEqual([
      { event: 'signal', message: { shareId, from: a.peerId, data: Buffer.from(DATA) } },
    ]);
  });

  test('case T15; T8: to anyone who is not in the swarm, or by anyone who is not, gets one and the same refusal', async () => {
    const url = await start();
    const [a, b, c] = [await connect(url), await connect(url), await connect(url)];
    await a.ask('announce', announceOf(share));
    await a.ask('announce', announceOf(other));
    await b.ask('announce', announceOf(other));
    const unknown = encodeBase64Url(new Uint8Array(16));
    const { shareId } = share;
    const refusal = { ok: false, code: 'undeliverable' };
    for (const to of [b.peerId, c.peerId, a.peerId, unknown]) {
      expect(await a.ask('signal', { shareId, to, data: DATA })).toEqual(refusal);
    }
    for (const from of [b, c]) {
      expect(await from.ask('signal', { shareId, to: a.peerId, data: DATA })).toEqual(refusal);
    }
    expect([a.received, b.received, c.received]).toEqual([[], [], []]);
  });

  test('case T13; T2: nobody speaks for another: a message cannot name its sender', async () => {
    const url = await start();
    const [a, b] = [await connect(url), await connect(url)];
    for (const peer of [a, b]) await peer.ask('announce', announceOf(share, 1));
    const invalid = { ok: false, code: 'invalid' };
    const { shareId } = share;
    const claims = { from: a.peerId, peerId: a.peerId };
    for (const [field, value] of Object.entries(claims)) {
      expect(await b.ask('leave', { shareId, [field]: value })).toEqual(invalid);
      expect(await b.ask('announce', { ...announceOf(share), [field]: value })).toEqual(invalid);
    }
    await b.ask('leave', { shareId });
    expect(await find(b)).toMatchObject({ peerIds: [a.peerId], holderCount: 1 });
  });
});

describe('a malformed message', () => {
  const RUBBISH: readonly unknown[] = [null, 0, '', 'x', [], {}, { shareId: null }, true, DATA];

  test.each(['announce', 'find', 'signal', 'leave'])(
    'case T5, T6; T10: %s gets a typed refusal, and the connection goes on',
    async (event) => {
      const a = await connect(await start());
      for (const payload of RUBBISH) {
        expect(await a.ask(event, payload)).toEqual({ ok: false, code: 'invalid' });
      }
      expect(await a.ask(event)).toEqual({ ok: false, code: 'invalid' });
      const { shareId } = share;
      expect(await a.ask(event, { shareId }, { shareId })).toEqual({ ok: false, code: 'invalid' });
      expect(await a.ask('announce', announceOf(share))).toEqual({ ok: true });
    },
  );

  test('case T5; T10: one that asks for no answer is handled, or dropped, all the same', async () => {
    const url = await start();
    const [a, b] = [await connect(url), await connect(url)];
    a.socket.emit('announce', null);
    a.socket.emit('announce', announceOf(share), { not: 'a function' });
    a.socket.emit('find', { shareId: share.shareId });
    a.socket.emit('announce', announceOf(share));
    await vi.waitFor(async () => expect(await find(b)).toMatchObject({ peerIds: [a.peerId] }));
  });

  test('case T3; T10: prototype names are fields like any other', async () => {
    const a = await connect(await start());
    const evil: unknown = JSON.parse(
      `{"shareId":"${share.shareId}","__proto__":{"polluted":1},"constructor":1}`,
    );
    expect(await a.ask('find', evil)).toEqual({ ok: false, code: 'invalid' });
    expect({}).not.toHaveProperty('polluted');
  });

  test('case T4; T10: the third event that does not exist closes the connection', async () => {
    const a = await connect(await start());
    expect(await a.ask('scrape', {})).toEqual({ ok: false, code: 'invalid' });
    a.socket.emit('error', 'x');
    a.socket.emit('toString');
    expect(await isClosedWithin(a.socket, 1000)).toBe(true);
  });

  test('case T2; T10: one larger than 64 KiB closes the connection unread', async () => {
    const url = await start();
    const [a, b] = [await connect(url), await connect(url)];
    a.socket.emit('signal', { shareId: share.shareId, to: b.peerId, data: new Uint8Array(65_537) });
    expect(await isClosedWithin(a.socket, 1000)).toBe(true);
    expect(b.socket.connected).toBe(true);
  });
});
