import type { StreamSource } from './stream-source.ts';
import { describe, expect, test } from 'vitest';
import { equalBytes } from '../../shared/share/bytes.ts';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { ReadAheadSource } from './read-ahead-source.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const REGION = 4 * MIB;
const STREAM = patternBytes(3 * REGION + 100, 5);

/** The stream above, and every read that was made of it. */
function openSource() {
  const reads: [offset: number, length: number][] = [];
  const source: StreamSource = {
    streamLength: STREAM.byteLength,
    async read(offset, length) {
      if (offset + length > STREAM.byteLength) throw new RangeError('past the end');
      reads.push([offset, length]);
      return STREAM.slice(offset, offset + length);
    },
  };
  return { reads, ahead: new ReadAheadSource(source) };
}

describe('ReadAheadSource', () => {
  test('neighbours share one read, also when they are asked for at once', async () => {
    const { reads, ahead } = openSource();
    const pieces = [0, 1, 2, 3];
    const bytes = await Promise.all(pieces.map((at) => ahead.read(at * 256 * KIB, 256 * KIB)));
    for (const at of pieces) {
      const expected = STREAM.subarray(at * 256 * KIB, (at + 1) * 256 * KIB);
      expect(equalBytes(bytes[at] ?? new Uint8Array(), expected)).toBe(true);
    }
    expect(reads).toEqual([
      [0, 256 * KIB],
      [0, REGION],
    ]);
  });

  test('scattered reads stay small, in one region too', async () => {
    const { reads, ahead } = openSource();
    for (const at of [0, REGION, 2 * MIB, MIB]) await ahead.read(at, 64 * KIB);
    expect(reads.map(([, length]) => length)).toEqual(Array(4).fill(64 * KIB));
  });

  test('the end of the stream is read to its last byte and no further', async () => {
    const { reads, ahead } = openSource();
    await ahead.read(3 * REGION, 50);
    const last = await ahead.read(3 * REGION + 50, 50);
    expect(last).toEqual(STREAM.slice(-50));
    expect(reads.at(-1)).toEqual([3 * REGION, 100]);
    await expect(ahead.read(3 * REGION + 50, 51)).rejects.toThrow(RangeError);
  });

  test('what spans two regions or is large by itself is read as it is', async () => {
    const { reads, ahead } = openSource();
    for (let times = 0; times < 2; times += 1) {
      await ahead.read(REGION - 10, 20);
      await ahead.read(REGION, REGION);
    }
    expect(reads).toHaveLength(4);
  });

  test('a failed read fails those who share it, and is not remembered', async () => {
    let isGone = true;
    const ahead = new ReadAheadSource({
      streamLength: REGION,
      async read(_, length) {
        if (isGone) throw new StoreError('source-unreadable');
        return new Uint8Array(length);
      },
    });
    const reads = await Promise.allSettled([ahead.read(0, 10), ahead.read(10, 10)]);
    expect(reads.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isGone = false;
    expect(await ahead.read(20, 10)).toEqual(new Uint8Array(10));
  });

  test('keeps a few regions and no more', async () => {
    let reads = 0;
    const ahead = new ReadAheadSource({
      streamLength: 100 * REGION,
      async read(_, length) {
        reads += 1;
        return new Uint8Array(length);
      },
    });
    const touch = async (region: number): Promise<void> => {
      await ahead.read(region * REGION, 10);
      await ahead.read(region * REGION + 10, 10);
    };
    for (const region of [0, 1, 2]) await touch(region);
    expect(reads).toBe(6);
    await touch(2);
    expect(reads).toBe(6);
    await touch(0);
    expect(reads).toBe(8);
  });
});
