import { expect, test } from 'vitest';
import { FakeCaches } from './fake-caches.test-helper.ts';
import { ShellKeeper } from './shell-keeper.ts';

const ORIGIN = 'https://peerify.example';
const FIRST = build('first');
const SECOND = build('second');

function build(version: string) {
  const entry = `/assets/page-${version}.js`;
  return { version, entry, files: [entry, `/assets/later-${version}.js`, '/favicon.svg'] };
}

/** A server on which one build lies at a time, and a browser that has what it keeps. */
class World {
  readonly caches = new FakeCaches();
  readonly openPages = new Set<string>();
  readonly asked: string[] = [];
  served: ReturnType<typeof build> | undefined = FIRST;
  status = 200;
  /** So many more questions fail. */
  failures = 0;
  document: string | undefined;
  passTime: () => void = () => {};

  worker(version = FIRST): ShellKeeper {
    return new ShellKeeper({
      build: version,
      caches: this.caches,
      fetch: (request) => this.#fetch(typeof request === 'string' ? request : request.url),
      pass: () => new Promise((resolve) => (this.passTime = resolve)),
      listOpenPages: async () => this.openPages,
    });
  }

  async #fetch(address: string): Promise<Response> {
    const path = new URL(address, ORIGIN).pathname;
    this.asked.push(path);
    const hasFailed = this.failures > 0;
    this.failures -= Number(hasFailed);
    if (hasFailed || this.served === undefined) throw new TypeError('offline');
    if (path === '/') return this.#respond(this.document ?? `document of ${this.served.entry}`);
    const isThere = this.served.files.includes(path);
    return isThere ? this.#respond(`file ${path}`) : new Response(null, { status: 404 });
  }

  #respond(text: string): Response {
    return new Response(text, { status: this.status });
  }
}

/** What Node does not let anybody make: a navigation. */
function request(path: string, mode = 'cors'): Request {
  const made = new Request(ORIGIN + path);
  Object.defineProperty(made, 'mode', { value: mode });
  return made;
}

async function read(answer: Promise<Response> | undefined): Promise<string | undefined> {
  return (await answer)?.text();
}

const openPage = (worker: ShellKeeper) => read(worker.answer(request('/', 'navigate')));

test('every file is kept, and the document last', async () => {
  const world = new World();
  await world.worker().keep();
  expect(world.caches.paths('peerify-shell/first')).toEqual([...FIRST.files, '/']);
});

test('what is kept is not fetched again', async () => {
  const world = new World();
  await world.worker().keep();
  const asked = world.asked.length;
  await world.worker().keep();
  expect(world.asked).toHaveLength(asked);
});

test('keeping that broke off goes on where it was', async () => {
  const world = new World();
  const worker = world.worker({ ...FIRST, files: [...FIRST.files, '/missing'] });
  await worker.keep();
  expect(world.caches.paths('peerify-shell/first')).toEqual(FIRST.files);
  world.asked.length = 0;
  await world.worker().keep();
  expect(world.asked).toEqual(['/']);
});

test('a document that names a style of another build is not kept, though its script is the same', async () => {
  const world = new World();
  const restyled = { ...FIRST, files: [...FIRST.files, '/assets/page-restyled.css'] };
  world.served = restyled;
  world.document = `${FIRST.entry} "/assets/page-restyled.css"`;
  await world.worker().keep();
  expect(world.caches.paths('peerify-shell/first')).toEqual(FIRST.files);
  await world.worker({ ...restyled, version: 'restyled' }).keep();
  expect(world.caches.paths('peerify-shell/restyled')).toEqual([...restyled.files, '/']);
});

test('while the network answers the document is the network’s, however much is kept', async () => {
  const world = new World();
  const worker = world.worker();
  await worker.keep();
  world.served = SECOND;
  expect(await openPage(worker)).toBe(`document of ${SECOND.entry}`);
});

test('offline the page opens from what is kept, with every part of it', async () => {
  const world = new World();
  const worker = world.worker();
  await worker.keep();
  world.served = undefined;
  expect(await openPage(worker)).toBe(`document of ${FIRST.entry}`);
  for (const path of FIRST.files) {
    expect(await read(worker.answer(request(path)))).toBe(`file ${path}`);
  }
});

test('where the tracker behind a proxy is down the page opens as well', async () => {
  const world = new World();
  const worker = world.worker();
  await worker.keep();
  world.served = SECOND;
  world.status = 502;
  expect(await openPage(worker)).toBe(`document of ${FIRST.entry}`);
});

test('a network that begins no answer is not waited for, where there is a page to show', async () => {
  const world = new World();
  await world.worker().keep();
  const slow = new ShellKeeper({
    build: FIRST,
    caches: world.caches,
    fetch: () => new Promise(() => {}),
    pass: () => Promise.resolve(),
    listOpenPages: async () => world.openPages,
  });
  expect(await openPage(slow)).toBe(`document of ${FIRST.entry}`);
});

test('before anything is kept a network that failed once is asked once more', async () => {
  const world = new World();
  world.failures = 1;
  expect(await openPage(world.worker())).toBe(`document of ${FIRST.entry}`);
  expect(world.asked).toEqual(['/', '/']);
});

test('before anything is kept the network’s failure is the answer', async () => {
  const world = new World();
  world.served = undefined;
  await expect(openPage(world.worker())).rejects.toThrow('offline');
});

test('hashed files come from what is kept without asking anybody', async () => {
  const world = new World();
  const worker = world.worker();
  await worker.keep();
  world.asked.length = 0;
  expect(await read(worker.answer(request(FIRST.entry)))).toBe(`file ${FIRST.entry}`);
  expect(world.asked).toEqual([]);
});

test('a page that is open keeps its parts after another build took its place; then they go', async () => {
  const world = new World();
  await world.worker().keep();
  world.openPages.add(FIRST.entry);
  world.served = SECOND;
  const worker = world.worker(SECOND);
  await worker.keep();
  const [, later = ''] = FIRST.files;
  expect(await read(worker.answer(request(later)))).toBe(`file ${later}`);
  world.openPages.delete(FIRST.entry);
  await worker.keep();
  expect(await world.caches.keys()).toEqual(['peerify-shell/second']);
});

test('nothing of one build is kept as another', async () => {
  const world = new World();
  // All of its files are still there, but the document is another one’s already.
  world.served = { ...SECOND, files: [...FIRST.files] };
  const worker = world.worker();
  await worker.keep();
  expect(world.caches.paths('peerify-shell/first')).not.toContain('/');
  world.served = undefined;
  await expect(openPage(worker)).rejects.toThrow('offline');
});

test('until a new build is kept, offline means the last one that is', async () => {
  const world = new World();
  await world.worker().keep();
  world.served = undefined;
  expect(await openPage(world.worker(SECOND))).toBe(`document of ${FIRST.entry}`);
});

test.each([
  ['/save/id', 'navigate'],
  ['/view/id', 'cors'],
  ['/other', 'navigate'],
  ['/socket.io/', 'websocket'],
  ['/service-worker.js', 'same-origin'],
])('leaves %s alone', (path, mode) => {
  expect(new World().worker().answer(request(path, mode))).toBeUndefined();
});
