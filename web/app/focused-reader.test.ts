import { beforeEach, describe, expect, test, vi } from 'vitest';
import { equalBytes } from '../../shared/share/bytes.ts';
import { patternBytes } from '../../shared/share/sample-share.test-helper.ts';
import { FocusedReader } from './focused-reader.ts';
import { gatherParts } from './gather-parts.ts';
import { ReadableScene } from './readable-scene.test-helper.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const PIECE = 64 * KIB;
const SIZE = 10 * MIB;
const FILE = patternBytes(SIZE, 5);

let scene: ReadableScene;
let isThere: boolean;
let reader: FocusedReader;
let offset: number;

beforeEach(async () => {
  scene = await ReadableScene.open([['film.mp4', FILE]]);
  isThere = true;
  const { share, clock } = scene;
  reader = new FocusedReader({
    share,
    clock,
    find: () => (isThere ? scene.readable : undefined),
  });
  offset = share.header.indexLength;
});

function read(from: number, length: number, signal = new AbortController().signal) {
  return reader.read(offset + from, length, signal);
}

/** Whoever waits looks again after a while. */
async function look(): Promise<void> {
  await vi.waitUntil(() => scene.clock.alarmCount > 0);
  scene.clock.advance(50);
}

describe('FocusedReader', () => {
  test('F4: reads what is here, from any place, byte for byte, and asks for nothing once it is done', async () => {
    scene.holdAll();
    for (const [from, length] of [
      [0, SIZE],
      [3 * PIECE - 1, 2],
      [SIZE - 5, 5],
      [7, 0],
    ] as const) {
      const bytes = await gatherParts(read(from, length), length);
      expect(equalBytes(bytes, FILE.subarray(from, from + length))).toBe(true);
      expect(scene.lastFocus).toEqual([]);
    }
  });

  test('F4: waits for a piece that is not here, and has it and what follows fetched first', async () => {
    const reading = gatherParts(read(2 * PIECE, 10), 10);
    await look();
    expect(scene.lastFocus).toEqual([[2, 2]]);
    const ahead = read(2 * PIECE, SIZE - 2 * PIECE);
    const first = ahead.next();
    await look();
    // 4 MiB from the reading position on.
    expect(scene.lastFocus).toEqual([
      [2, 66],
      [2, 2],
    ]);
    scene.held.add(2);
    await look();
    expect(await reading).toEqual(FILE.slice(2 * PIECE, 2 * PIECE + 10));
    expect((await first).value?.byteLength).toBeGreaterThan(0);
    await ahead.return();
    expect(scene.lastFocus).toEqual([]);
  });

  test('F4: who asked last comes first, and what moves on wants what comes next', async () => {
    scene.holdAll();
    const early = read(0, SIZE);
    await early.next();
    const late = read(8 * MIB, MIB);
    await late.next();
    expect(scene.lastFocus?.map(([first]) => first)).toEqual([128, 1]);
    await early.next();
    await early.next();
    expect(scene.lastFocus?.map(([first]) => first)).toEqual([2, 129]);
    await late.return();
    await early.return();
    expect(scene.lastFocus).toEqual([]);
  });

  test('F4: reads no more than 2 MiB ahead of whoever takes it', async () => {
    scene.holdAll();
    const get = vi.spyOn(scene.readable.source, 'get');
    const reading = read(0, SIZE);
    await reading.next();
    expect(get.mock.calls.length).toBeLessThanOrEqual((2 * MIB) / PIECE);
    await reading.return();
  });

  test('F4: whoever gives up is let go of at once, and leaves nothing behind', async () => {
    const abort = new AbortController();
    const reading = read(0, SIZE, abort.signal).next();
    const ended = reading.catch((error: unknown) => error);
    await look();
    abort.abort('enough');
    await look();
    expect(await ended).toBe('enough');
    expect(scene.lastFocus).toEqual([]);
    await vi.waitUntil(() => {
      scene.clock.advance(50);
      return scene.clock.alarmCount === 0;
    });
  });

  test('F4: a piece that was lost, or a share that another tab takes over, is waited for', async () => {
    scene.holdAll();
    const get = vi.spyOn(scene.readable.source, 'get').mockResolvedValueOnce(undefined);
    const reading = gatherParts(read(0, 10), 10);
    await vi.waitUntil(() => scene.clock.alarmCount > 0);
    isThere = false;
    await look();
    isThere = true;
    await look();
    expect(await reading).toEqual(FILE.slice(0, 10));
    get.mockRestore();
  });

  test('F4, P5: what is not the piece that it should be is never given', async () => {
    scene.holdAll();
    scene.pieces[1] = scene.pieces[2] ?? new Uint8Array();
    await expect(gatherParts(read(PIECE, PIECE), PIECE)).rejects.toMatchObject({
      code: 'wrong-piece',
    });
    expect(scene.lastFocus).toEqual([]);
  });
});
