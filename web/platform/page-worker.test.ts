import { afterEach, expect, test, vi } from 'vitest';
import { createPageWorker } from './page-worker.ts';

afterEach(() => void vi.unstubAllGlobals());

test('a worker that could not be registered is asked for anew the next time', async () => {
  const active = {};
  const registering = vi
    .fn<() => Promise<unknown>>()
    .mockRejectedValueOnce(new TypeError('no network'))
    .mockResolvedValue({});
  const ready = Promise.resolve({ active });
  vi.stubGlobal('navigator', { serviceWorker: { register: registering, ready } });
  const worker = createPageWorker('https://peerify.example/assets/page.js');
  expect(await worker.find()).toBe(undefined);
  expect(await worker.find()).toBe(active);
  expect(await worker.find()).toBe(active);
  expect(registering).toHaveBeenCalledTimes(2);
});
