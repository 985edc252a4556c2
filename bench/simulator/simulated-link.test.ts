import { describe, expect, test } from 'vitest';
import type { Frame } from './simulated-link.ts';
import { EventQueue } from './event-queue.ts';
import { SimulatedChannel, SimulatedUplink } from './simulated-link.ts';

const BLOCK_BYTES = 50_000;

function block(piece: number): Frame {
  return { kind: 'block', piece, block: 0, byteLength: BLOCK_BYTES, isTrue: true };
}

function have(piece: number): Frame {
  return { kind: 'message', message: { type: 'have', piece }, byteLength: 16 };
}

function pieceOf(frame: Frame): number {
  if (frame.kind === 'block') return frame.piece;
  return frame.message.type === 'bitfield' ? -1 : frame.message.piece;
}

function createUplink(bytesPerSecond: number) {
  const queue = new EventQueue();
  const uplink = new SimulatedUplink(queue, bytesPerSecond);
  const open = (latencyMs: number) => {
    const arrivals: { readonly piece: number; readonly atMs: number }[] = [];
    const drains: number[] = [];
    const channel = new SimulatedChannel({
      queue,
      uplink,
      latencyMs,
      onFrame: (frame) => arrivals.push({ piece: pieceOf(frame), atMs: queue.nowMs }),
      onDrain: () => drains.push(channel.bufferedBytes),
    });
    return { channel, arrivals, drains };
  };
  return { queue, uplink, open };
}

describe('simulated link', () => {
  test('frames arrive in the order sent, after the uplink and the latency', () => {
    const { queue, open } = createUplink(500_000);
    const { channel, arrivals } = open(30);
    channel.send(have(1));
    channel.send(block(2));
    channel.send(have(3));
    channel.send(block(4));
    channel.send(have(5));
    queue.runUntil(1_000);
    expect(arrivals).toEqual([
      { piece: 1, atMs: 30 },
      { piece: 2, atMs: 130 },
      { piece: 3, atMs: 230 },
      { piece: 4, atMs: 230 },
      { piece: 5, atMs: 230 },
    ]);
  });

  test('an uplink is shared in turns by all channels that have something to send', () => {
    const { queue, uplink, open } = createUplink(1_000_000);
    const channels = [open(0), open(0), open(0)];
    for (const { channel } of channels) for (let i = 0; i < 30; i += 1) channel.send(block(i));
    queue.runUntil(3_000);
    for (const { arrivals } of channels) expect(arrivals).toHaveLength(20);
    expect(uplink.sentBytes).toBe(3_000_000);
  });

  test('a channel tells whenever its queue has halved, down to the low mark', () => {
    const { queue, open } = createUplink(1_000_000);
    const { channel, drains } = open(0);
    for (let i = 0; i < 16; i += 1) channel.send(block(i));
    queue.runUntil(5_000);
    expect(drains).toEqual([400_000, 200_000, 100_000, 50_000]);
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
});
