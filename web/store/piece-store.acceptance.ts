import type { Bytes } from '../../shared/share/bytes.ts';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { PieceStore } from '../../shared/swarm/ports/piece-store.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';

const ONE_SHARE = formatShareId(new Uint8Array(16).fill(1));
/** Differs in the last bits alone: its keys are the neighbours of the first share's. */
const NEXT_SHARE = formatShareId(new Uint8Array(16).fill(1, 0, 15).fill(2, 15));

/** What every PieceStore does. `openMedium` gives stores on one medium, which is new for every call. */
export function describePieceStore(name: string, openMedium: () => OpenStore): void {
  describe(`${name} as a piece store`, () => {
    let stores: Stores;
    beforeEach(() => {
      const open = openMedium();
      stores = { store: open(ONE_SHARE), otherShare: open(NEXT_SHARE) };
    });
    testBytes(() => stores);
    testKeys(() => stores);
    testConcurrency(() => stores);
  });
}

export type OpenStore = (shareId: ShareId) => PieceStore;

interface Stores {
  readonly store: PieceStore;
  readonly otherShare: PieceStore;
}

function testBytes(stores: () => Stores): void {
  test.each([81, 64 * 1024 + 80, 4 * 1024 * 1024 + 80])(
    'gives back %i bytes as they were put',
    async (length) => {
      const { store } = stores();
      const sealed = patternBytes(length, 7);
      await store.put(3, sealed);
      expect(digest(await store.get(3))).toBe(digest(patternBytes(length, 7)));
    },
  );

  test('a piece that was never put is undefined', async () => {
    const { store } = stores();
    await store.put(1, patternBytes(81, 1));
    expect(await store.get(0)).toBeUndefined();
    expect(await store.get(2)).toBeUndefined();
  });

  test('a piece may be put again', async () => {
    const { store } = stores();
    await store.put(1, patternBytes(200, 1));
    await store.put(1, patternBytes(90, 2));
    expect(digest(await store.get(1))).toBe(digest(patternBytes(90, 2)));
    expect(await store.held()).toEqual([1]);
  });

  test('takes part of a buffer, and gives bytes that own theirs', async () => {
    const { store } = stores();
    const buffer = patternBytes(1000, 5);
    await store.put(1, buffer.subarray(100, 300));
    const got = await store.get(1);
    expect(digest(got)).toBe(digest(patternBytes(1000, 5).subarray(100, 300)));
    expect(got?.buffer.byteLength).toBe(200);
  });

  test('what was put and what was got may be changed without changing what is held', async () => {
    const { store } = stores();
    const sealed = patternBytes(500, 4);
    await store.put(1, sealed);
    sealed.fill(0);
    const got = await store.get(1);
    got?.fill(0);
    expect(digest(await store.get(1))).toBe(digest(patternBytes(500, 4)));
  });
}

function testKeys(stores: () => Stores): void {
  test('D1: held is empty at first, and then the numbers of the pieces, ascending', async () => {
    const { store } = stores();
    expect(await store.held()).toEqual([]);
    for (const piece of [10, 2, 65_535, 0, 100]) await store.put(piece, patternBytes(81, piece));
    expect(await store.held()).toEqual([0, 2, 10, 100, 65_535]);
  });

  test('D1: held and get know this share alone', async () => {
    const { store, otherShare } = stores();
    await otherShare.put(1, patternBytes(81, 1));
    await store.put(2, patternBytes(81, 2));
    expect(await store.held()).toEqual([2]);
    expect(await store.get(1)).toBeUndefined();
  });

  test('a removed piece is gone, and removing it again is no error', async () => {
    const { store } = stores();
    await store.put(1, patternBytes(81, 1));
    await store.put(2, patternBytes(81, 2));
    await store.remove(1);
    await store.remove(1);
    expect(await store.get(1)).toBeUndefined();
    expect(await store.held()).toEqual([2]);
  });

  test('D9: clear forgets every piece of this share and none of another', async () => {
    const { store, otherShare } = stores();
    await Promise.all([0, 1, 2].map((piece) => store.put(piece, patternBytes(81, piece))));
    await otherShare.put(1, patternBytes(81, 9));
    await store.clear();
    expect(await store.held()).toEqual([]);
    expect(await store.get(1)).toBeUndefined();
    expect(digest(await otherShare.get(1))).toBe(digest(patternBytes(81, 9)));
  });
}

function testConcurrency(stores: () => Stores): void {
  test('takes 200 pieces at once', async () => {
    const { store } = stores();
    const pieces = Array.from({ length: 200 }, (_, piece) => piece);
    await Promise.all(pieces.map((piece) => store.put(piece, patternBytes(5000, piece))));
    expect(await store.held()).toEqual(pieces);
    for (const piece of [0, 99, 199]) {
      expect(digest(await store.get(piece))).toBe(digest(patternBytes(5000, piece)));
    }
  });

  test('D2: takes changes in the order they were asked for', async () => {
    const { store } = stores();
    const first = store.put(1, patternBytes(81, 1));
    const removed = store.remove(1);
    const second = store.put(2, patternBytes(81, 2));
    const cleared = store.clear();
    const third = store.put(3, patternBytes(81, 3));
    await Promise.all([first, removed, second, cleared, third]);
    expect(await store.held()).toEqual([3]);
  });

  test('a get during a put gives the whole piece or none', async () => {
    const { store } = stores();
    const putting = store.put(1, patternBytes(100_000, 6));
    const early = await store.get(1);
    await putting;
    expect([undefined, digest(patternBytes(100_000, 6))]).toContain(digest(early));
    expect(digest(await store.get(1))).toBe(digest(patternBytes(100_000, 6)));
  });
}

function patternBytes(length: number, seed: number): Bytes {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) bytes[i] = i * 31 + seed * 17 + (i >> 8);
  return bytes;
}

/** Tells bytes apart (FNV-1a and the length): an equality matcher walks 4 MiB far too slowly. */
function digest(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${bytes.byteLength}:${hash >>> 0}`;
}
