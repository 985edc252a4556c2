import type { Bytes } from '../../shared/share/bytes.ts';
import { expect, test } from 'vitest';
import { equalBytes } from '../../shared/share/bytes.ts';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { gatherBytes } from './gather-bytes.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

function readerOf(...parts: readonly Bytes[]): ReadableStreamDefaultReader<Bytes> {
  const stream = new ReadableStream<Bytes>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  return stream.getReader();
}

test('small parts are put together into one of its own, up to the target', async () => {
  const parts = Array.from({ length: 12 }, (_, i) => patternBytes(100 * KIB, i));
  const reader = readerOf(...parts);
  expect((await gatherBytes(reader, MIB))?.byteLength).toBe(1100 * KIB);
  expect((await gatherBytes(reader, MIB))?.byteLength).toBe(100 * KIB);
  expect(await gatherBytes(reader, MIB)).toBeUndefined();
});

test('a large part goes on as it is, and the small ones before it do not', async () => {
  const large = patternBytes(128 * KIB);
  const small = patternBytes(10);
  expect(await gatherBytes(readerOf(large), MIB)).toBe(large);
  const gathered = await gatherBytes(readerOf(small, large), MIB);
  expect(gathered?.byteLength).toBe(10 + 128 * KIB);
  const alone = await gatherBytes(readerOf(small), MIB);
  expect(alone).toEqual(small);
  expect(alone?.buffer).not.toBe(small.buffer);
});

test('a large part of a larger buffer is copied: what is beside it stays', async () => {
  const buffer = patternBytes(MIB);
  const part = buffer.subarray(0, 512 * KIB);
  const gathered = await gatherBytes(readerOf(part), MIB);
  expect(gathered && equalBytes(gathered, part)).toBe(true);
  expect(gathered?.buffer).not.toBe(buffer.buffer);
});
