import { expect, test } from 'vitest';
import type { Supply } from './save-protocol.ts';
import { PortSource } from './port-source.ts';

test('V9: what the browser has read is given back when it asks for more, and not before', async () => {
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
  const source = new PortSource(worker, () => {});
  const reader = new ReadableStream(source, { highWaterMark: 0 }).getReader();
  const { value: first } = await reader.read();
  expect(first?.byteLength).toBe(3);
  const { value: second } = await reader.read();
  expect([first?.byteLength, second?.byteLength]).toEqual([0, 4]);
  expect((await reader.read()).done).toBe(true);
  expect(second?.byteLength).toBe(0);
  page.close();
});
