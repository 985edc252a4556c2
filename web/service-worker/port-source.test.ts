import { afterEach, expect, test } from 'vitest';
import type { Supply } from './save-protocol.ts';
import { PortSource } from './port-source.ts';

const REAL = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'transfer');

afterEach(() => {
  if (REAL === undefined) Reflect.deleteProperty(ArrayBuffer.prototype, 'transfer');
  else Object.defineProperty(ArrayBuffer.prototype, 'transfer', REAL);
});

/** What is given back from now on, by its length. */
function recordReleases(): readonly number[] {
  const released: number[] = [];
  Object.defineProperty(ArrayBuffer.prototype, 'transfer', {
    configurable: true,
    value(this: ArrayBuffer, newLength: number) {
      if (newLength === 0) released.push(this.byteLength);
    },
  });
  return released;
}

test('V9: what the browser has read is given back when it asks for more, and not before', async () => {
  const released = recordReleases();
  const { port1: page, port2: worker } = new MessageChannel();
  const lengths = [3, 4];
  page.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data !== 'pull') return;
    const length = lengths.shift();
    const supply: Supply =
      length === undefined ? { kind: 'end' } : { kind: 'bytes', bytes: new Uint8Array(length) };
    page.postMessage(supply);
  });
  page.start();
  const reader = new ReadableStream(new PortSource(worker, () => {}), {
    highWaterMark: 0,
  }).getReader();
  expect((await reader.read()).value).toHaveLength(3);
  expect(released).toEqual([]);
  expect((await reader.read()).value).toHaveLength(4);
  expect(released).toEqual([3]);
  expect((await reader.read()).done).toBe(true);
  expect(released).toEqual([3, 4]);
  page.close();
});
