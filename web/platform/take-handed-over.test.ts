import { expect, test } from 'vitest';
import { FakeCaches } from '../service-worker/fake-caches.test-helper.ts';
import { takeHandedOver } from './take-handed-over.ts';

const NOW_MS = 1_700_000_000_000;
const HOUR_MS = 60 * 60 * 1000;

async function keep(caches: FakeCaches, list: unknown): Promise<void> {
  const cache = await caches.open('peerify-handed-over');
  await cache.put('/handed-over/0', new Response('photo'));
  await cache.put('/handed-over', new Response(JSON.stringify(list)));
}

const LIST = {
  kind: 'files',
  atMs: NOW_MS - 1000,
  files: [{ name: 'photo.jpg', type: 'image/jpeg' }],
  text: 'words',
};

test('what was handed over is taken once, and then nothing of it is kept', async () => {
  const caches = new FakeCaches();
  await keep(caches, LIST);
  const handed = await takeHandedOver(caches, () => NOW_MS);
  if (handed?.kind !== 'files') throw new Error('nothing was taken');
  expect(handed.text).toBe('words');
  expect(handed.files.map(({ name, type }) => [name, type])).toEqual([['photo.jpg', 'image/jpeg']]);
  expect(await handed.files[0]?.text()).toBe('photo');
  expect(await caches.keys()).toEqual([]);
  expect(await takeHandedOver(caches, () => NOW_MS)).toBeUndefined();
});

test('case U8: of two tabs one takes it', async () => {
  const caches = new FakeCaches();
  await keep(caches, LIST);
  const taken = await Promise.all([1, 2].map(() => takeHandedOver(caches, () => NOW_MS)));
  expect(taken.filter((handed) => handed !== undefined)).toHaveLength(1);
});

test('after an hour it is thrown away', async () => {
  const caches = new FakeCaches();
  await keep(caches, { ...LIST, atMs: NOW_MS - HOUR_MS - 1 });
  expect(await takeHandedOver(caches, () => NOW_MS)).toBeUndefined();
  expect(await caches.keys()).toEqual([]);
});

test('what was too large is told of once', async () => {
  const caches = new FakeCaches();
  await keep(caches, { kind: 'too-large', atMs: NOW_MS });
  expect(await takeHandedOver(caches, () => NOW_MS)).toEqual({ kind: 'too-large' });
  expect(await takeHandedOver(caches, () => NOW_MS)).toBeUndefined();
});
