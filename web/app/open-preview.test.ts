import type { OpenView, ViewedFile, Views } from './ports/views.ts';
import { expect, test, vi } from 'vitest';
import { utf8 } from '../../shared/share/bytes.ts';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { gatherParts } from './gather-parts.ts';
import { openPreview } from './open-preview.ts';
import { ReadableScene } from './readable-scene.test-helper.ts';

const KIB = 1024;
const HTML = utf8('<script>alert(1)</script>');

class FakeViews implements Views {
  readonly opened: ViewedFile[] = [];
  readonly close = vi.fn<() => void>();
  hasWorker = true;

  async open(file: ViewedFile): Promise<OpenView | undefined> {
    if (!this.hasWorker) return undefined;
    this.opened.push(file);
    return { address: `/view/${this.opened.length}`, close: this.close };
  }

  readonly embed = async (type: string, bytes: Uint8Array): Promise<string> =>
    `data:${type},${bytes.byteLength}`;
}

async function setUp(path: string, bytes: Uint8Array<ArrayBuffer>) {
  const scene = await ReadableScene.open([
    ['other.bin', patternBytes(100 * KIB)],
    [path, bytes],
  ]);
  const views = new FakeViews();
  const abort = new AbortController();
  const { share, clock, readable } = scene;
  const find = () => readable;
  const open = () => openPreview({ share, find, clock, views, signal: abort.signal }, 1);
  return { scene, views, abort, open };
}

test.each([
  ['film.mp4', 'video', 'video/mp4'],
  ['song.opus', 'audio', 'audio/ogg'],
  ['picture.svg', 'image', 'image/svg+xml'],
])(
  'F1, F2: %s gets an address of its own, under our type, and its own bytes',
  async (path, kind, type) => {
    const { scene, views, abort, open } = await setUp(path, HTML);
    scene.holdAll();
    expect(await open()).toEqual({ kind, address: '/view/1' });
    const [file] = views.opened;
    expect([file?.type, file?.size]).toEqual([type, HTML.byteLength]);
    const part = file?.read(1, 6, abort.signal);
    expect(part && (await gatherParts(part, 6))).toEqual(utf8('script'));
    abort.abort();
    expect(views.close).toHaveBeenCalledTimes(1);
  },
);

test('F1: a view that was opened too late for whoever closed the preview is closed', async () => {
  const { scene, views, abort, open } = await setUp('film.mp4', HTML);
  scene.holdAll();
  const openView = views.open.bind(views);
  views.open = async (file) => {
    const view = await openView(file);
    abort.abort();
    return view;
  };
  await expect(open()).rejects.toThrow('aborted');
  expect([views.opened.length, views.close.mock.calls.length]).toEqual([1, 1]);
});

test('F4: where the list of files is not here yet, it is fetched first', async () => {
  const { scene, open } = await setUp('film.mp4', HTML);
  const opening = open();
  await vi.waitUntil(() => scene.lastFocus !== undefined);
  expect(scene.lastFocus).toEqual([[0, 0]]);
  scene.held.add(0);
  await vi.waitUntil(() => scene.clock.alarmCount > 0);
  scene.clock.advance(50);
  expect(await opening).toMatchObject({ kind: 'video' });
});

test('F5: a text is shown as it is written, with its address where it is one', async () => {
  const page = await setUp('page.html', HTML);
  page.scene.holdAll();
  expect(await page.open()).toEqual({
    kind: 'text',
    text: '<script>alert(1)</script>',
    isWhole: true,
    link: undefined,
  });
  const link = await setUp('Pasted text.txt', utf8('https://example.org/\n'));
  link.scene.holdAll();
  expect(await link.open()).toMatchObject({ link: 'https://example.org/' });
});

test('F5: of a long text only the beginning is fetched and shown', async () => {
  const { scene, open } = await setUp('log.txt', utf8('é'.repeat(400 * KIB)));
  scene.holdAll();
  scene.held.delete(scene.pieces.length - 1);
  const content = await open();
  expect(content).toEqual({
    kind: 'text',
    text: 'é'.repeat(128 * KIB),
    isWhole: false,
    link: undefined,
  });
});

test('F5: what is no text, or of no kind that is shown, is refused', async () => {
  for (const [path, bytes] of [
    ['a.txt', patternBytes(1_000)],
    ['a.bin', utf8('text')],
  ] as const) {
    const { scene, open } = await setUp(path, bytes);
    scene.holdAll();
    expect(await open()).toEqual({ kind: 'refused', reason: 'not-text' });
  }
});

test('F6: without a worker a small picture is shown all the same, and what plays is to be saved first', async () => {
  const picture = await setUp('a.png', patternBytes(70 * KIB));
  picture.views.hasWorker = false;
  picture.scene.holdAll();
  expect(await picture.open()).toEqual({ kind: 'image', address: `data:image/png,${70 * KIB}` });
  const film = await setUp('a.mp4', patternBytes(10));
  film.views.hasWorker = false;
  film.scene.holdAll();
  expect(await film.open()).toEqual({ kind: 'refused', reason: 'save-first' });
});

test('F4: a piece that the sharer sealed wrong is told, and shows nothing', async () => {
  const { scene, open } = await setUp('a.txt', utf8('x'.repeat(100 * KIB)));
  scene.holdAll();
  scene.pieces[2] = scene.pieces[1] ?? new Uint8Array();
  expect(await open()).toEqual({ kind: 'refused', reason: 'unreadable' });
});
