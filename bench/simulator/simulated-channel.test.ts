import { describe, expect, test } from 'vitest';
import type { Frame } from './frame.ts';
import { createRandom } from '../../shared/swarm/random.ts';
import { EventQueue } from './event-queue.ts';
import { SimulatedChannel } from './simulated-channel.ts';
import { SimulatedDownlink } from './simulated-downlink.ts';
import { SimulatedUplink } from './simulated-uplink.ts';

const BLOCK_BYTES = 50_000;

function block(piece: number): Frame {
  return { type: 'block', piece, block: 0, byteLength: BLOCK_BYTES, isTrue: true };
}

function have(piece: number): Frame {
  return { type: 'have', pieces: [piece] };
}

function pieceOf(frame: Frame): number {
  if (frame.type === 'have') return frame.pieces[0] ?? -1;
  return frame.type === 'bitfield' ? -1 : frame.piece;
}

function createUplink(bytesPerSecond: number, downBytesPerSecond = Infinity) {
  const queue = new EventQueue();
  const random = createRandom(1);
  const uplink = new SimulatedUplink(queue, bytesPerSecond);
  const downlink = new SimulatedDownlink(queue, downBytesPerSecond);
  const open = (latencyMs: number, lossRate = 0) => {
    const arrivals: { readonly piece: number; readonly atMs: number }[] = [];
    const drains: number[] = [];
    const channel = new SimulatedChannel({
      agenda: queue,
      random,
      uplink,
      downlink,
      path: { latencyMs, lossRate },
      sender: { recordDrained: (bufferedBytes) => drains.push(bufferedBytes) },
    });
    channel.receiver = {
      receive: (frame) => arrivals.push({ piece: pieceOf(frame), atMs: queue.nowMs }),
    };
    return { channel, arrivals, drains };
  };
  return { queue, uplink, open };
}

/** A frame of 5 to 8 bytes: IPv4, UDP, DTLS and SCTP before it, and the chunk's own header. */
const HEADER_BYTES = 20 + 8 + 37 + 12;
const CHUNK_BYTES = 16 + 8;
const PACKET_BYTES = HEADER_BYTES + CHUNK_BYTES;

describe('control frames take what they take on the line', () => {
  test('each is a packet of its own, one after the other, on an uplink that is idle', () => {
    const { queue, open } = createUplink(1_000);
    const [a, b] = [open(3), open(3)];
    a.channel.send(have(1));
    b.channel.send(have(2));
    a.channel.send(have(3));
    queue.runUntil(1_000);
    const arrivals = [...a.arrivals, ...b.arrivals].toSorted((x, y) => x.atMs - y.atMs);
    expect(arrivals).toEqual([
      { piece: 1, atMs: 3 + PACKET_BYTES },
      { piece: 2, atMs: 3 + 2 * PACKET_BYTES },
      { piece: 3, atMs: 3 + 3 * PACKET_BYTES },
    ]);
  });

  test('an idle channel waits for its turn on an uplink that others fill', () => {
    const { queue, open } = createUplink(500_000);
    const [idle, full] = [open(3), open(3)];
    full.channel.send(block(1));
    full.channel.send(block(2));
    idle.channel.send(have(3));
    queue.runUntil(1_000);
    expect(idle.arrivals[0]?.atMs).toBeCloseTo(103 + PACKET_BYTES / 500);
    expect(full.arrivals.at(-1)?.atMs).toBeCloseTo(203 + PACKET_BYTES / 500);
  });

  test('blocks leave later for all that was said before them, alone in a packet or not', () => {
    const { queue, open } = createUplink(100_000);
    const [talker, sender] = [open(0), open(0)];
    for (let i = 0; i < 100; i += 1) talker.channel.send(have(i));
    sender.channel.send(block(1));
    queue.runUntil(10_000);
    // Ten leave at once, ten more as long as the window is open, and the others share two packets.
    const saidBytes = 20 * PACKET_BYTES + 80 * CHUNK_BYTES + 2 * HEADER_BYTES;
    expect(sender.arrivals[0]?.atMs).toBeCloseTo(500 + saidBytes / 100);
  });

  test('what leaves with a block fills up its packets', () => {
    const { queue, uplink, open } = createUplink(1_000);
    const { channel, arrivals } = open(0);
    uplink.freeze(1_000);
    channel.send(have(1));
    channel.send(have(2));
    channel.send(block(3));
    queue.runUntil(100_000);
    expect(arrivals.at(-1)?.atMs).toBe(1_000 + BLOCK_BYTES + 2 * (16 + 8));
    expect(uplink.sentBytes).toBe(BLOCK_BYTES);
  });

  test('a flood of them takes turns with blocks, and ends when its channel is closed', () => {
    const { queue, open } = createUplink(500_000);
    const [flood, sender] = [open(3), open(3)];
    for (let i = 0; i < 10_000; i += 1) flood.channel.send(have(i));
    for (let i = 0; i < 4; i += 1) sender.channel.send(block(i));
    queue.runUntil(1_000);
    expect(sender.arrivals).toHaveLength(4);
    const heard = flood.arrivals.length;
    expect(heard).toBeGreaterThan(1_000);
    expect(flood.arrivals.map(({ piece }) => piece)).toEqual(
      Array.from({ length: heard }, (_, i) => i),
    );
    flood.channel.close();
    sender.channel.send(block(5));
    queue.runUntil(1_250);
    expect(sender.arrivals).toHaveLength(5);
  });

  test('a long bitfield takes several packets', () => {
    const { queue, open } = createUplink(1_000);
    const { channel, arrivals } = open(0);
    channel.send({ type: 'bitfield', bitfield: new Uint8Array(2_000) });
    queue.runUntil(10_000);
    expect(arrivals[0]?.atMs).toBe(16 + 2_004 + 2 * (20 + 8 + 37 + 12));
  });

  test('and of a downlink', () => {
    const { queue, open } = createUplink(1e9, 100_000);
    const [talker, sender] = [open(0), open(0)];
    for (let i = 0; i < 100; i += 1) talker.channel.send(have(i));
    sender.channel.send(block(1));
    queue.runUntil(10_000);
    expect(sender.arrivals[0]?.atMs).toBeGreaterThan(500 + 0.99 * PACKET_BYTES);
  });
});

describe('simulated channel', () => {
  test('frames arrive in the order sent, after the uplink and the latency', () => {
    const { queue, open } = createUplink(500_000);
    const { channel, arrivals } = open(3);
    channel.send(have(1));
    channel.send(block(2));
    channel.send(have(3));
    channel.send(block(4));
    channel.send(have(5));
    queue.runUntil(1_000);
    const [packetMs, chunkMs] = [PACKET_BYTES / 500, (16 + 8) / 500];
    expect(arrivals.map(({ piece }) => piece)).toEqual([1, 2, 3, 4, 5]);
    for (const [i, atMs] of [0, 100, 200 + chunkMs, 200 + chunkMs].entries()) {
      expect(arrivals[i]?.atMs).toBeCloseTo(3 + packetMs + atMs);
    }
    expect(arrivals.at(-1)?.atMs).toBeCloseTo(203 + 2 * packetMs + chunkMs);
  });

  test('an uplink is shared in turns by all channels that have something to send', () => {
    const { queue, uplink, open } = createUplink(1_000_000);
    const channels = [open(0), open(0), open(0)];
    for (const { channel } of channels) for (let i = 0; i < 30; i += 1) channel.send(block(i));
    queue.runUntil(3_000);
    for (const { arrivals } of channels) expect(arrivals).toHaveLength(20);
    expect(uplink.sentBytes).toBe(3_000_000);
  });

  test('a channel tells whenever its queue has halved, until it is empty', () => {
    const { queue, open } = createUplink(1_000_000);
    const { channel, drains } = open(0);
    for (let i = 0; i < 16; i += 1) channel.send(block(i));
    queue.runUntil(5_000);
    expect(drains).toEqual([400_000, 200_000, 100_000, 50_000, 0]);
    expect(channel.bufferedBytes).toBe(0);
  });

  test('a frozen uplink sends nothing, and everything afterwards', () => {
    const { queue, uplink, open } = createUplink(1_000_000);
    const { channel, arrivals } = open(10);
    uplink.freeze(5_000);
    channel.send(have(1));
    channel.send(block(2));
    queue.runUntil(5_000);
    expect(arrivals).toEqual([]);
    queue.runUntil(6_000);
    expect(arrivals.map(({ piece }) => piece)).toEqual([1, 2]);
  });

  test('what is on its way when a channel closes is lost', () => {
    const { queue, open } = createUplink(1_000_000);
    const { channel, arrivals } = open(10);
    channel.send(have(1));
    channel.send(block(2));
    channel.close();
    queue.runUntil(1_000);
    expect(arrivals).toEqual([]);
  });

  test('a young channel sends no more than its congestion window in a round trip', () => {
    const { queue, open } = createUplink(10_000_000);
    const { channel, arrivals } = open(50);
    for (let i = 0; i < 8; i += 1) channel.send(block(i));
    queue.runUntil(5_000);
    const gapsMs = arrivals.slice(1).map(({ atMs }, i) => atMs - (arrivals[i]?.atMs ?? 0));
    expect(gapsMs[0]).toBeCloseTo((100 * BLOCK_BYTES) / 11_910, 0);
    for (const [i, gapMs] of gapsMs.slice(1).entries()) expect(gapMs).toBeLessThan(gapsMs[i] ?? 0);
  });

  test('one whose window is closed gives its turn to the others', () => {
    const { queue, uplink, open } = createUplink(1_000_000);
    const [far, near] = [open(400), open(1)];
    for (let i = 0; i < 100; i += 1) for (const { channel } of [far, near]) channel.send(block(i));
    queue.runUntil(1_000);
    expect(uplink.sentBytes).toBe(1_000_000);
    expect(far.arrivals.length).toBeLessThanOrEqual(1);
  });

  test('what is lost comes later and in its place, and costs half the rate', () => {
    const { queue, open } = createUplink(10_000_000);
    const [clean, lossy] = [open(20), open(20, 0.01)];
    for (const { channel } of [clean, lossy]) {
      for (let i = 0; i < 200; i += 1) channel.send(block(i));
    }
    queue.runUntil(600_000);
    const order = Array.from({ length: 200 }, (_, i) => i);
    expect(lossy.arrivals.map(({ piece }) => piece)).toEqual(order);
    const lastMs = ({ arrivals }: typeof clean) => arrivals.at(-1)?.atMs ?? 0;
    expect(lastMs(lossy)).toBeGreaterThan(4 * lastMs(clean));
  });

  test('what leaves later on a shorter way does not overtake', () => {
    const { queue, open } = createUplink(10_000_000);
    const { channel, arrivals } = open(100);
    channel.send(have(1));
    channel.changePath({ latencyMs: 10, lossRate: 0 });
    channel.send(have(2));
    queue.runUntil(1_000);
    expect(arrivals.map(({ piece }) => piece)).toEqual([1, 2]);
  });

  test('a downlink is shared by all that comes in, and keeps the order of each channel', () => {
    const { queue, open } = createUplink(100_000_000, 500_000);
    const [a, b] = [open(1), open(1)];
    for (const { channel } of [a, b]) {
      for (let i = 0; i < 5; i += 1) channel.send(block(i));
      channel.send(have(5));
    }
    queue.runUntil(10_000);
    for (const { arrivals } of [a, b]) {
      expect(arrivals.map(({ piece }) => piece)).toEqual([0, 1, 2, 3, 4, 5]);
    }
    const lastMs = Math.max(...[a, b].map(({ arrivals }) => arrivals.at(-1)?.atMs ?? 0));
    expect(lastMs).toBeGreaterThanOrEqual(1_000);
    expect(lastMs).toBeLessThan(1_200);
  });
});
