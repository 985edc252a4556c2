import type { ViewedFile } from '../app/ports/views.ts';
import type { ViewPage } from './worker-views.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { equalBytes } from '../../shared/share/bytes.ts';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { findMediaType } from '../app/preview-kinds.ts';
import { ViewDesk } from '../service-worker/view-desk.ts';
import { WorkerViews } from './worker-views.ts';
import { readAsBrowser } from '../service-worker/read-as-browser.test-helper.ts';

const KIB = 1024;
const SIZE = 1_000 * KIB;
const EXTENSIONS =
  'mp4 m4v webm mov ogv mp3 m4a aac ogg oga opus wav flac png jpg jpeg gif webp avif bmp svg'.split(
    ' ',
  );
const BYTES = patternBytes(SIZE, 9);

/** A page and the worker's real desk, joined by real ports and nothing else. */
class FakePage implements ViewPage {
  readonly ports: MessagePort[] = [];
  isTaken = true;
  keptCount = 0;
  #request: (id: string, port: MessagePort) => void = () => {};
  #tick: (() => void) | undefined;
  #idCount = 0;

  readonly desk = new ViewDesk({
    findPage: async () => ({
      type: 'window',
      frameType: 'top-level',
      postMessage: ({ id }, [port]) => {
        if (!(port instanceof MessagePort)) throw new Error('no port');
        this.ports.push(port);
        this.#request(id, port);
      },
    }),
    after: () => () => {},
  });

  readonly isControlled = async (): Promise<boolean> => this.isTaken;
  readonly onRequest = (callback: (id: string, port: MessagePort) => void): void =>
    void (this.#request = callback);
  readonly keepWorker = (): void => void (this.keptCount += 1);
  readonly createId = (): string => `id-of-twenty-characters-${(this.#idCount += 1)}`;
  readonly embed = async (): Promise<string> => '';
  readonly every = (_intervalMs: number, callback: () => void): (() => void) => {
    this.#tick = callback;
    return () => (this.#tick = undefined);
  };

  get isTicking(): boolean {
    return this.#tick !== undefined;
  }

  tick(): void {
    this.#tick?.();
  }

  async fetch(path: string, range: string | null = null, destination = 'video'): Promise<Response> {
    const fetch = { path, destination, range, clientId: 'page' };
    return (await this.desk.answer(fetch)) ?? Response.error();
  }
}

let page: FakePage;
let views: WorkerViews;
let reads: { offset: number; length: number; taken: number; isEnded: boolean }[];
let file: ViewedFile;

beforeEach(() => {
  page = new FakePage();
  views = new WorkerViews(page);
  reads = [];
  file = {
    type: 'video/mp4',
    size: SIZE,
    async *read(offset, length, signal) {
      const seen = { offset, length, taken: 0, isEnded: false };
      reads.push(seen);
      try {
        for (let at = offset; at < offset + length; at += 600 * KIB) {
          signal.throwIfAborted();
          seen.taken += 1;
          yield BYTES.subarray(at, Math.min(at + 600 * KIB, offset + length));
        }
      } finally {
        seen.isEnded = true;
      }
    },
  };
});

afterEach(() => {
  for (const port of page.ports) port.close();
});

async function open(): Promise<{ address: string; close: () => void }> {
  const view = await views.open(file);
  if (view === undefined) throw new Error('not opened');
  return view;
}

/** Messages between ports take a few turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}

describe('F3: WorkerViews', () => {
  test('gives all of a file, and any part of it, byte for byte', async () => {
    const { address } = await open();
    const whole = await page.fetch(address);
    expect(equalBytes(await readAsBrowser(whole), BYTES)).toBe(true);
    const part = await page.fetch(address, 'bytes=599-614500');
    expect(part.status).toBe(206);
    const bytes = await readAsBrowser(part);
    expect(equalBytes(bytes, BYTES.subarray(599, 614_501))).toBe(true);
    await settle();
    expect(reads.every(({ isEnded }) => isEnded)).toBe(true);
  });

  test('F4: reads only what the element takes, several parts at a time, and ends with it', async () => {
    const { address } = await open();
    const first = (await page.fetch(address)).body?.getReader();
    const second = (await page.fetch(address, 'bytes=700000-')).body?.getReader();
    await settle();
    expect(reads).toEqual([]);
    expect((await first?.read())?.value?.byteLength).toBe(256 * KIB);
    expect((await second?.read())?.value?.byteLength).toBe(256 * KIB);
    await settle();
    expect(reads.map(({ taken }) => taken)).toEqual([1, 1]);
    await first?.cancel();
    await settle();
    expect(reads.map(({ isEnded }) => isEnded)).toEqual([true, false]);
    await second?.cancel();
    await settle();
    expect(reads.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  });

  test('F4: what an element has dropped without a word gives way to what it asks for next', async () => {
    const { address } = await open();
    const readers = [];
    for (let i = 0; i < 6; i += 1) {
      const reader = (await page.fetch(address)).body?.getReader();
      await reader?.read();
      readers.push(reader);
    }
    await settle();
    expect(reads.map(({ isEnded }) => isEnded)).toEqual([true, true, false, false, false, false]);
    await expect(readers[0]?.read()).rejects.toThrow('could not read');
  });

  test('case U7; F1: a view that is closed, or was never opened, shows nothing, and all reading ends', async () => {
    const { address, close } = await open();
    const reader = (await page.fetch(address)).body?.getReader();
    await reader?.read();
    close();
    await settle();
    expect(reads[0]?.isEnded).toBe(true);
    await expect(reader?.read()).rejects.toThrow('could not read');
    expect((await page.fetch(address)).status).toBe(404);
    expect((await page.fetch('/view/id-of-twenty-characters-99')).status).toBe(404);
    expect(page.isTicking).toBe(false);
  });

  test('F4: who waits for bytes that do not come is let go of when the element is', async () => {
    let isLetGo = false;
    const waiting: ViewedFile = {
      ...file,
      async *read(_offset, _length, signal) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        isLetGo = true;
        yield* [];
      },
    };
    const view = await views.open(waiting);
    const reader = (await page.fetch(view?.address ?? '')).body?.getReader();
    void reader?.read().catch(() => undefined);
    await settle();
    expect(isLetGo).toBe(false);
    await reader?.cancel();
    await settle();
    expect(isLetGo).toBe(true);
  });

  test('a file that cannot be read further breaks off, and does not end', async () => {
    const broken = { ...file, read: () => failAfter(BYTES.subarray(0, 10)) };
    const view = await views.open(broken);
    const response = await page.fetch(view?.address ?? '');
    await expect(response.arrayBuffer()).rejects.toThrow('could not read');
  });

  test('the worker is kept running while bytes are wanted, and not longer', async () => {
    const { address, close } = await open();
    page.tick();
    expect(page.keptCount).toBe(0);
    const reader = (await page.fetch(address)).body?.getReader();
    page.tick();
    expect(page.keptCount).toBe(1);
    await reader?.cancel();
    await settle();
    page.tick();
    expect(page.keptCount).toBe(1);
    close();
  });

  test('F2: every type that the page gives a file is one that the worker lets through', async () => {
    for (const extension of EXTENSIONS) {
      const type = findMediaType(`a.${extension}`) ?? '';
      const view = await views.open({ ...file, type });
      const [destination] = type.split('/');
      const response = await page.fetch(view?.address ?? '', null, destination);
      expect([extension, response.status]).toEqual([extension, 200]);
      expect(response.headers.get('Content-Type')).toBe(type);
      await response.body?.cancel();
    }
  });

  test('F6: without a worker there is no view', async () => {
    page.isTaken = false;
    expect(await views.open(file)).toBeUndefined();
  });
});

async function* failAfter(bytes: Uint8Array<ArrayBuffer>) {
  yield bytes;
  throw new Error('gone');
}
