import { once } from 'node:events';

import { afterEach, beforeEach, test, vi } from 'vitest';

import { encodeBase64Url } from '../../shared/share/base64url.ts';
import type { SampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { TestPeer } from '../gateway/test-peer.test-helper.ts';
import { announceOf, isClosedWithin, stopReading } from '../gateway/test-peer.test-helper.ts';
import type { AttackedTracker } from './attacked-tracker.test-helper.ts';
import { closeOf, startAttacked } from './attacked-tracker.test-helper.ts';
import { expectMemoryBack, measureMemory } from './measure-memory.test-helper.ts';
import { readUntilClosed } from './raw-tcp.test-helper.ts';

vi.setConfig({ testTimeout: 40_000 });

const KIB = 1024;
const MINUTE_MS = 60_000;
/** A share of 65,536 pieces: 8 KiB of bitfield for each peer, and 256 KiB of counts. */
const LARGEST = { streamLength: 65_536 * 4 * KIB * KIB };
const SHORT = { headersMs: 300, checkMs: 50, joinMs: 300, messageMs: 500 };

let nowMs = 0;
let address = 0;
let tracker: AttackedTracker;

beforeEach(async () => {
  tracker = await startAttacked({ trustProxyHops: 1, nowMs: () => nowMs, timeouts: SHORT });
});
afterEach(() => tracker.stop());

/** Of an address that nobody has had before. */
function nextAddress(): Record<string, string> {
  address += 1;
  return { 'X-Forwarded-For': `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}` };
}

async function connectAll(count: number): Promise<TestPeer[]> {
  return Promise.all(Array.from({ length: count }, () => tracker.connectPeer(nextAddress())));
}

async function waitUntilClosed(peers: readonly TestPeer[]): Promise<void> {
  const closed = await Promise.all(peers.map(({ socket }) => isClosedWithin(socket, 5000)));
  if (closed.includes(false)) throw new Error('still open');
  passMinute();
}

function passMinute(): void {
  nowMs += MINUTE_MS;
}

function randomText(byteLength: number): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(byteLength))).toString('base64');
}

test('case T4; T10: of unknown events no memory stays', async () => {
  await expectMemoryBack(async () => {
    const flooders = await connectAll(40);
    for (const { socket } of flooders) {
      for (let i = 0; i < 3; i += 1) socket.emit(randomText(45 * KIB), {});
    }
    await waitUntilClosed(flooders);
    return 40 * 3 * 60 * KIB;
  });
});

test('case T10; T11: of floods of announces no memory stays', async () => {
  const share = await createSampleShare(LARGEST);
  await expectMemoryBack(async () => {
    const flooders = await connectAll(8);
    const message = announceOf(share, 7);
    for (const { socket } of flooders) {
      for (let i = 0; i < 300; i += 1) socket.emit('announce', message);
    }
    await waitUntilClosed(flooders);
    return 8 * 250 * 8 * KIB;
  });
});

test('case T19; T12: of guesses of shares no memory stays', async () => {
  await expectMemoryBack(async () => {
    const guessers = await connectAll(40);
    for (const { socket } of guessers) {
      for (let i = 0; i < 300; i += 1) {
        const shareId = encodeBase64Url(crypto.getRandomValues(new Uint8Array(16)));
        socket.emit('find', { shareId });
      }
    }
    await waitUntilClosed(guessers);
    return 40 * 250 * 200;
  });
});

test('case T18; T37: of signals to a peer that does not read no memory stays', async () => {
  await expectMemoryBack(async () => {
    const [victim, ...flooders] = await connectAll(5);
    if (victim === undefined) throw new RangeError('nobody');
    for (const peer of [victim, ...flooders]) await peer.ask('announce', announceOf(tracker.share));
    stopReading(victim);
    const { shareId } = tracker.share;
    for (const { socket } of flooders) {
      const signal = { shareId, to: victim.peerId, data: new Uint8Array(8 * KIB) };
      for (let i = 0; i < 500; i += 1) socket.emit('signal', signal);
    }
    await waitUntilClosed(flooders);
    victim.socket.disconnect();
    return 4 * 400 * 8 * KIB;
  });
});

test('case T22; T22: of handshakes that stay half-done no memory stays', async () => {
  await expectMemoryBack(async () => {
    const before = measureMemory();
    const sessions = await Promise.all(
      Array.from({ length: 200 }, () => tracker.openSession(nextAddress())),
    );
    const halves = Array.from({ length: 200 }, () =>
      tracker.openTcp(`GET / HTTP/1.1\r\nX-Long: ${'x'.repeat(7 * KIB)}`),
    );
    await Promise.all(halves.map((socket) => once(socket, 'connect')));
    const taken = measureMemory() - before;
    await Promise.all(sessions.map(({ socket }) => closeOf(socket)));
    await Promise.all(halves.map((socket) => readUntilClosed(socket)));
    for (const socket of halves) socket.destroy();
    passMinute();
    return taken;
  });
});

test('case T12; T13: of shares that are made and left, or whose makers vanish, no memory stays', async () => {
  const shares = await Promise.all(Array.from({ length: 40 }, () => createSampleShare(LARGEST)));
  await expectMemoryBack(async () => {
    const before = measureMemory();
    const [leaver, vanisher] = await connectAll(2);
    if (leaver === undefined || vanisher === undefined) throw new RangeError('nobody');
    for (const [i, share] of shares.entries()) {
      await expectDone((i % 2 === 0 ? leaver : vanisher).ask('announce', announceOf(share, i)));
    }
    const taken = measureMemory() - before;
    for (const [i, share] of shares.entries()) if (i % 2 === 0) await leave(leaver, share);
    for (const { socket } of [leaver, vanisher]) socket.disconnect();
    passMinute();
    return taken;
  });
});

async function leave(peer: TestPeer, { shareId }: SampleShare): Promise<void> {
  await expectDone(peer.ask('leave', { shareId }));
}

async function expectDone(answer: Promise<unknown>): Promise<void> {
  if (Reflect.get(Object(await answer), 'ok') !== true) throw new Error('refused');
}
