import { describe, expect, test } from 'vitest';
import { MAX_EXCESS_REQUESTS, MAX_QUEUED_REQUESTS } from './limits.ts';
import { UploadQueue } from './upload-queue.ts';

function request(piece: number, block = 0) {
  return { piece, block, byteLength: 1_000 };
}

function fill(queue: UploadQueue): void {
  for (let piece = 0; piece < MAX_QUEUED_REQUESTS; piece += 1) queue.add(request(piece));
}

describe('upload queue', () => {
  test('gives requests back in the order asked', () => {
    const queue = new UploadQueue();
    for (const piece of [5, 1, 3]) queue.add(request(piece));
    expect([queue.take()?.piece, queue.take()?.piece, queue.take()?.piece]).toEqual([5, 1, 3]);
    expect(queue.take()).toBeUndefined();
  });

  test('a request that waits already is the same request', () => {
    const queue = new UploadQueue();
    for (let i = 0; i < 10; i += 1) expect(queue.add(request(1, 2))).toBe('queued');
    expect(queue.length).toBe(1);
  });

  test('a cancelled request is gone, an unknown one is nothing', () => {
    const queue = new UploadQueue();
    queue.add(request(1));
    queue.cancel(1, 1);
    expect(queue.length).toBe(1);
    queue.cancel(1, 0);
    expect(queue.length).toBe(0);
  });

  test('is full at its limit, and calls it a flood when the asking goes on', () => {
    const queue = new UploadQueue();
    fill(queue);
    for (let i = 0; i < MAX_EXCESS_REQUESTS; i += 1) {
      expect(queue.add(request(100_000 + i))).toBe('full');
    }
    expect(queue.length).toBe(MAX_QUEUED_REQUESTS);
    expect(queue.add(request(999_999))).toBe('flood');
  });

  test('takes out all blocks of one piece and no other', () => {
    const queue = new UploadQueue();
    for (const [piece, block] of [
      [1, 0],
      [2, 0],
      [1, 1],
    ] as const) {
      queue.add(request(piece, block));
    }
    expect(queue.takePiece(1).map(({ block }) => block)).toEqual([0, 1]);
    expect(queue.take()).toEqual(request(2));
  });
});
