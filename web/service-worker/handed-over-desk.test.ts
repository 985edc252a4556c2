import { expect, test } from 'vitest';
import { FakeCaches } from './fake-caches.test-helper.ts';
import { takeHandedOver } from './handed-over-desk.ts';

const NAME = 'peerify-handed-over';
const NOW_MS = 1_700_000_000_000;

function hand(
  caches: FakeCaches,
  parts: readonly (readonly [string, string | File])[],
  change: { path?: string; destination?: string } = {},
) {
  const body = new FormData();
  for (const [name, value] of parts) body.append(name, value);
  const { path = '/share-target', destination = 'document' } = change;
  const request = new Request(`https://peerify.example${path}`, { method: 'POST', body });
  Object.defineProperty(request, 'destination', { value: destination });
  return takeHandedOver(request, { caches, epochMs: () => NOW_MS });
}

async function readList(caches: FakeCaches): Promise<unknown> {
  const list = await caches.match('/handed-over', { cacheName: NAME });
  return list?.json();
}

async function readFile(caches: FakeCaches, number: number): Promise<string | undefined> {
  return (await caches.match(`/handed-over/${number}`, { cacheName: NAME }))?.text();
}

test('case U8: files are kept with their names, and the browser is sent to the page', async () => {
  const caches = new FakeCaches();
  const file = new File(['photo'], 'photo.jpg', { type: 'image/jpeg' });
  const response = await hand(caches, [['files', file]]);
  expect([response?.status, response?.headers.get('Location')]).toEqual([303, '/']);
  expect(await readList(caches)).toEqual({
    kind: 'files',
    atMs: NOW_MS,
    files: [{ name: 'photo.jpg', type: 'image/jpeg' }],
    text: '',
  });
  expect(await readFile(caches, 0)).toBe('photo');
});

test('a link is a text, and its title is left out', async () => {
  const caches = new FakeCaches();
  await hand(caches, [
    ['title', 'A page'],
    ['text', 'https://example.org/'],
    ['url', 'https://example.org/'],
  ]);
  expect(await readList(caches)).toMatchObject({ files: [], text: 'https://example.org/' });
});

test('a title alone is the text', async () => {
  const caches = new FakeCaches();
  await hand(caches, [['title', 'Milk, bread']]);
  expect(await readList(caches)).toMatchObject({ files: [], text: 'Milk, bread' });
});

test('only the last is kept', async () => {
  const caches = new FakeCaches();
  await hand(caches, [
    ['files', new File(['1'], '1')],
    ['files', new File(['2'], '2')],
  ]);
  await hand(caches, [['files', new File(['3'], '3')]]);
  expect(caches.paths(NAME)).toEqual(['/handed-over/0', '/handed-over']);
});

test('too many files are refused, and nothing of them is kept', async () => {
  const caches = new FakeCaches();
  const files = Array.from({ length: 1_001 }, (_, i) => ['files', new File([], `${i}`)] as const);
  await hand(caches, files);
  expect(await readList(caches)).toEqual({ kind: 'too-large', atMs: NOW_MS });
  expect(caches.paths(NAME)).toEqual(['/handed-over']);
});

const TOO_LONG = 'x'.repeat(1024 ** 2 + 1);

test.each([
  ['a text', [['text', TOO_LONG]]],
  ['an address', [['url', TOO_LONG]]],
  ['a title alone', [['title', TOO_LONG]]],
  ['the name of a file', [['files', new File([], TOO_LONG)]]],
  ['the type of a file', [['files', new File([], 'x', { type: TOO_LONG })]]],
] as const)(
  'case U8: %s of more than a megabyte is refused, and nothing of it is kept',
  async (_, parts) => {
    const caches = new FakeCaches();
    await hand(caches, parts);
    expect(await readList(caches)).toEqual({ kind: 'too-large', atMs: NOW_MS });
    expect(caches.paths(NAME)).toEqual(['/handed-over']);
  },
);

test('a text of a megabyte is kept', async () => {
  const caches = new FakeCaches();
  await hand(caches, [['text', TOO_LONG.slice(1)]]);
  expect(await readList(caches)).toMatchObject({ kind: 'files', text: TOO_LONG.slice(1) });
});

test('where there is no room nothing half is kept', async () => {
  const caches = new FakeCaches();
  const open = caches.open.bind(caches);
  let isFull = true;
  caches.open = async (name) => {
    const cache = await open(name);
    if (!isFull) return cache;
    isFull = false;
    return Object.assign(cache, { put: () => Promise.reject(new Error('no room')) });
  };
  await hand(caches, [['files', new File(['x'], 'x')]]);
  expect(await readList(caches)).toEqual({ kind: 'too-large', atMs: NOW_MS });
});

test.each([{ path: '/' }, { path: '/save/id' }, { destination: 'iframe' }, { destination: '' }])(
  'leaves everything else alone: %o',
  (change) => {
    expect(hand(new FakeCaches(), [], change)).toBeUndefined();
  },
);
