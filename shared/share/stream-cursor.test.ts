import { describe, expect, test } from 'vitest';
import type { Bytes } from './bytes.ts';
import { concatBytes } from './bytes.ts';
import { StreamCursor } from './stream-cursor.ts';

const STREAM = Uint8Array.from({ length: 100 }, (_, i) => i);
const PART = 16;

/** Reads the stream in parts that begin at multiples of 16, and remembers every reading. */
function createStream() {
  const opened: (readonly [number, number])[] = [];
  let endedCount = 0;
  async function* open(offset: number, length: number) {
    opened.push([offset, length]);
    try {
      for (let at = offset; at < offset + length; at = (Math.floor(at / PART) + 1) * PART) {
        const end = Math.min(offset + length, (Math.floor(at / PART) + 1) * PART);
        yield STREAM.slice(at, end);
      }
    } finally {
      endedCount += 1;
    }
  }
  return { cursor: new StreamCursor(open, STREAM.byteLength), opened, ended: () => endedCount };
}

async function readAll(parts: AsyncIterable<Bytes>): Promise<Bytes> {
  const read: Bytes[] = [];
  for await (const part of parts) read.push(part);
  return concatBytes(...read);
}

describe('StreamCursor', () => {
  test('reads ranges one behind the other, empty ones too, as one stream', async () => {
    const { cursor, opened, ended } = createStream();
    for (const [offset, length] of [
      [5, 3],
      [8, 0],
      [8, 30],
      [38, 1],
      [39, 61],
    ] as const) {
      expect(await readAll(cursor.read(offset, length))).toEqual(
        STREAM.slice(offset, offset + length),
      );
    }
    expect(opened).toEqual([[5, 95]]);
    expect(ended()).toBe(1);
  });

  test('begins anew where a range lies elsewhere, and ends the stream before', async () => {
    const { cursor, opened, ended } = createStream();
    await readAll(cursor.read(0, 10));
    expect(await readAll(cursor.read(50, 10))).toEqual(STREAM.slice(50, 60));
    expect(await readAll(cursor.read(10, 10))).toEqual(STREAM.slice(10, 20));
    expect(opened).toEqual([
      [0, 100],
      [50, 50],
      [10, 90],
    ]);
    expect(ended()).toBe(2);
  });

  test('a range that is given up ends the stream; the next one has all of its bytes', async () => {
    const { cursor, ended } = createStream();
    for await (const part of cursor.read(0, 60)) if (part.byteLength > 0) break;
    expect(ended()).toBe(1);
    expect(await readAll(cursor.read(16, 20))).toEqual(STREAM.slice(16, 36));
  });

  test('two ranges at the same time both have their own bytes', async () => {
    const { cursor } = createStream();
    const read = await Promise.all([
      readAll(cursor.read(0, 40)),
      readAll(cursor.read(40, 20)),
      readAll(cursor.read(60, 40)),
    ]);
    expect(concatBytes(...read)).toEqual(STREAM);
  });

  test('what the stream throws comes out, and the next reading begins anew', async () => {
    let isBroken = true;
    async function* open(offset: number) {
      if (isBroken) throw new Error('broken');
      yield STREAM.slice(offset);
    }
    const cursor = new StreamCursor(open, STREAM.byteLength);
    await expect(readAll(cursor.read(0, 10))).rejects.toThrow('broken');
    isBroken = false;
    expect(await readAll(cursor.read(0, 10))).toEqual(STREAM.slice(0, 10));
  });

  test('a range past the end is refused', async () => {
    const { cursor } = createStream();
    await expect(readAll(cursor.read(90, 20))).rejects.toThrow(RangeError);
  });
});
