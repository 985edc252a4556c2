import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../shared/swarm/virtual-clock.test-helper.ts';
import { GatheringQueue } from './gathering-queue.ts';

const MIB = 1024 * 1024;

/** A queue whose writes end when the test says so, in the order they began. */
function setUp(gatherMs = 100) {
  const clock = new VirtualClock();
  const writes: number[][] = [];
  const ends: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  const queue = new GatheringQueue<{ piece: number; length: number }>({
    clock,
    gatherMs,
    write: (items) => {
      writes.push(items.map(({ piece }) => piece));
      return new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
    },
  });
  const put = (piece: number, length = 100): Promise<void> => queue.add({ piece, length }, length);
  return { clock, writes, ends, queue, put };
}

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

describe('GatheringQueue', () => {
  test('a piece that comes alone is written at once', async () => {
    const { clock, writes, ends, put } = setUp();
    void put(1);
    await settle();
    expect(writes).toEqual([[1]]);
    ends[0]?.resolve();
    clock.advance(100);
    void put(2);
    await settle();
    expect(writes).toEqual([[1], [2]]);
  });

  test('what comes within 100 ms of a write gathers for the next', async () => {
    const { clock, writes, ends, put } = setUp();
    void put(1);
    await settle();
    ends[0]?.resolve();
    void put(2);
    clock.advance(60);
    void put(3);
    await settle();
    expect(writes).toEqual([[1]]);
    clock.advance(40);
    await settle();
    expect(writes).toEqual([[1], [2, 3]]);
  });

  test('with no time to gather, the next write takes what came during the one before, and no timer', async () => {
    const { clock, writes, ends, put } = setUp(0);
    void put(1);
    await settle();
    void put(2);
    void put(3);
    ends[0]?.resolve();
    await settle();
    expect(writes).toEqual([[1], [2, 3]]);
    expect(clock.alarmCount).toBe(0);
  });

  test('4 MiB do not wait, and are the most that one write takes', async () => {
    const { writes, ends, put } = setUp();
    void put(1);
    await settle();
    ends[0]?.resolve();
    for (const piece of [2, 3, 4, 5]) void put(piece, 1.5 * MIB);
    await settle();
    expect(writes).toEqual([[1], [2, 3]]);
    ends[1]?.resolve();
    await settle();
    expect(writes).toHaveLength(2);
  });

  test('a piece of more than 4 MiB is a write of its own', async () => {
    const { clock, writes, ends, put } = setUp();
    void put(1, 5 * MIB);
    void put(2);
    await settle();
    ends[0]?.resolve();
    clock.advance(100);
    await settle();
    expect(writes).toEqual([[1], [2]]);
  });

  test('D2: other work keeps its place, and does not wait for more pieces', async () => {
    const { clock, writes, ends, queue, put } = setUp();
    const order: string[] = [];
    void put(1);
    await settle();
    ends[0]?.resolve();
    void put(2);
    void queue.run(async () => void order.push(`work after ${JSON.stringify(writes)}`));
    void put(3);
    await settle();
    expect(writes).toEqual([[1], [2]]);
    ends[1]?.resolve();
    await settle();
    expect(order).toEqual(['work after [[1],[2]]']);
    clock.advance(100);
    await settle();
    expect(writes).toEqual([[1], [2], [3]]);
  });

  test('a failed write fails its own pieces alone', async () => {
    const { clock, ends, put } = setUp();
    const first = put(1);
    await settle();
    const second = put(2);
    const outcome = Promise.allSettled([first, second]);
    ends[0]?.reject(new Error('torn'));
    await settle();
    clock.advance(100);
    await settle();
    ends[1]?.resolve();
    expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
