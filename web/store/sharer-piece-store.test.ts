import type { StreamSource } from './stream-source.ts';
import type { DigestJournal } from '../app/ports/digest-journal.ts';
import type { Bytes } from '../../shared/share/bytes.ts';
import type { Geometry } from '../../shared/share/geometry.ts';
import { describe, expect, test, vi } from 'vitest';
import { concatBytes, equalBytes } from '../../shared/share/bytes.ts';
import { MAX_STREAM_LENGTH, computeGeometry } from '../../shared/share/geometry.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { MemoryPieceStore } from './memory-piece-store.ts';
import { describePieceStore } from './piece-store.acceptance.ts';
import { SharerPieceStore } from './sharer-piece-store.ts';

const PIECE = 64 * 1024;
const GEOMETRY = computeGeometry(3 * PIECE + 5);
const SEAL_LENGTH = 80;

describePieceStore('SharerPieceStore without its files', () => {
  const inners = new Map<string, MemoryPieceStore>();
  return (shareId) => {
    const inner = inners.get(shareId) ?? new MemoryPieceStore();
    inners.set(shareId, inner);
    return new SharerPieceStore({
      geometry: computeGeometry(MAX_STREAM_LENGTH),
      inner,
      journal: new MemoryJournal(),
      seal: () => Promise.reject(new Error('nothing to seal')),
      source: undefined,
      onSourceLost: () => undefined,
    });
  };
});

describe('SharerPieceStore', () => {
  test('holds every piece while it has the files, and what is kept without them', async () => {
    const { store, inner } = setUp();
    expect(await store.held()).toEqual([0, 1, 2, 3]);
    await inner.put(2, new Uint8Array(100));
    store.setSource(undefined);
    expect(await store.held()).toEqual([2]);
  });

  test('seals the plaintext of exactly the piece that is asked for, the short last one too', async () => {
    const { store, stream } = setUp();
    const sealed = await Promise.all([0, 1, 2, 3].map((piece) => store.get(piece)));
    const plaintext = sealed.map((bytes) => bytes?.slice(0, -SEAL_LENGTH) ?? new Uint8Array());
    expect(concatBytes(...plaintext).toString() === stream.bytes.toString()).toBe(true);
    expect(sealed[3]?.byteLength).toBe(5 + SEAL_LENGTH);
    expect(await store.get(4)).toBeUndefined();
    expect(await store.get(-1)).toBeUndefined();
  });

  test('P6, D5: hands a piece out only after its digest was committed', async () => {
    const { store, journal } = setUp();
    const order: string[] = [];
    vi.spyOn(journal, 'record').mockImplementation(async () => {
      await nextTask();
      order.push('committed');
    });
    await store.get(0);
    order.push('handed out');
    expect(order).toEqual(['committed', 'handed out']);
  });

  test('P6, D5: a digest that cannot be committed keeps the piece in', async () => {
    const { store, journal } = setUp();
    vi.spyOn(journal, 'record').mockRejectedValue(new StoreError('quota-exceeded'));
    await expect(store.get(0)).rejects.toMatchObject({ code: 'quota-exceeded' });
  });

  test('case P26; P6, D7: one nonce never seals two plaintexts: a changed piece stays in and is told once', async () => {
    const { store, stream, onSourceLost } = setUp({ keepBudgetBytes: 0 });
    const before = await store.get(1);
    stream.bytes.fill(99, PIECE, PIECE + 1);
    await expect(store.get(1)).rejects.toMatchObject({ code: 'source-changed' });
    expect(before).toBeDefined();
    expect(onSourceLost).toHaveBeenCalledTimes(1);
    expect(onSourceLost).toHaveBeenCalledWith(expect.objectContaining({ code: 'source-changed' }));
    expect(await store.get(1)).toBeUndefined();
    expect(await store.held()).toEqual([]);
  });

  test('D7: a change that shows while another piece is being sealed keeps that one in as well', async () => {
    const { store, stream, journal } = setUp({ keepBudgetBytes: 0 });
    await store.get(1);
    stream.bytes.fill(99, PIECE, PIECE + 1);
    let commit: (() => void) | undefined;
    vi.spyOn(journal, 'record').mockReturnValue(new Promise((resolve) => (commit = resolve)));
    const other = store.get(2);
    await expect(store.get(1)).rejects.toMatchObject({ code: 'source-changed' });
    commit?.();
    await expect(other).rejects.toBeInstanceOf(StoreError);
  });

  test('case P27; D7: files out of reach are told once, and the same files chosen again go on', async () => {
    const { store, stream, onSourceLost } = setUp();
    const gone: StreamSource = {
      streamLength: stream.streamLength,
      read: () => Promise.reject(new StoreError('source-unreadable')),
    };
    store.setSource(gone);
    const failed = await Promise.allSettled([store.get(0), store.get(1)]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(onSourceLost).toHaveBeenCalledTimes(1);
    store.setSource(stream);
    expect(await store.get(0)).toBeDefined();
  });

  test('D7: files of another length are refused', () => {
    const { store } = setUp();
    expect(() => store.setSource(new ByteSource(new Uint8Array(10)))).toThrow(RangeError);
  });

  test('gets of one piece at once share one sealing', async () => {
    const { store, seal } = setUp({ keepBudgetBytes: 0 });
    const [first, second] = await Promise.all([store.get(0), store.get(0)]);
    expect(seal).toHaveBeenCalledTimes(1);
    expect(second).toBe(first);
  });

  test('D6: keeps what was given out when told to, each once, and nothing before', async () => {
    const { store, inner, seal } = setUp();
    await store.get(0);
    await store.get(2);
    await store.get(0);
    expect(await inner.held()).toEqual([]);
    expect([await store.keepMore(), await store.keepMore()]).toEqual([true, false]);
    expect(await inner.held()).toEqual([0, 2]);
    await store.get(0);
    seal.mockClear();
    expect(await store.keepMore()).toBe(false);
    expect(seal).not.toHaveBeenCalled();
  });

  test('D6: keeps everything where everything is worth keeping', async () => {
    const { store, inner } = setUp();
    store.wantAllKept();
    while (await store.keepMore());
    expect(await inner.held()).toEqual([0, 1, 2, 3]);
    store.setSource(undefined);
    expect((await store.get(3))?.byteLength).toBe(5 + SEAL_LENGTH);
  });

  test('D6: keeps 4 MiB together and no more at once', async () => {
    const MIB = 1024 * 1024;
    const pieceSize = 2 * MIB;
    const geometry = { streamLength: 3 * pieceSize, pieceSize, pieceCount: 3 };
    const { store, inner } = setUp({ geometry });
    store.wantAllKept();
    const put = vi.spyOn(inner, 'put');
    expect(await store.keepMore()).toBe(true);
    expect(put.mock.calls.map(([piece]) => piece)).toEqual([0, 1]);
    expect([await store.keepMore(), await store.keepMore()]).toEqual([true, false]);
    expect(await inner.held()).toEqual([0, 1, 2]);
  });

  test('D6: keeps pieces up to its budget, counting what an earlier visit kept', async () => {
    const sealedBytes = PIECE + SEAL_LENGTH;
    const { store, inner } = setUp({ keepBudgetBytes: 2 * sealedBytes });
    await inner.put(2, new Uint8Array(sealedBytes));
    store.wantAllKept();
    while (await store.keepMore());
    expect(await inner.held()).toEqual([0, 2]);
  });

  test('D6: a store that takes nothing does not stop the sharing', async () => {
    const { store, inner } = setUp();
    vi.spyOn(inner, 'put').mockRejectedValue(new StoreError('quota-exceeded'));
    vi.spyOn(inner, 'get').mockRejectedValue(new StoreError('unavailable'));
    expect(await store.get(0)).toBeDefined();
    expect(await store.keepMore()).toBe(false);
    expect(await store.get(1)).toBeDefined();
  });

  test('D9: clear forgets the kept pieces and lets the files go', async () => {
    const { store, inner } = setUp();
    await store.get(0);
    await store.keepMore();
    expect(await inner.held()).toEqual([0]);
    await store.clear();
    expect(await store.held()).toEqual([]);
    expect(await store.get(1)).toBeUndefined();
  });
});

function setUp(options: { keepBudgetBytes?: number; geometry?: Geometry } = {}) {
  const { geometry = GEOMETRY } = options;
  const stream = new ByteSource(
    Uint8Array.from({ length: geometry.streamLength }, (_, i) => i * 7 + (i >> 8)),
  );
  const inner = new MemoryPieceStore();
  const journal = new MemoryJournal();
  const seal = vi.fn<(piece: number, plaintext: Bytes) => Promise<FakeSealed>>(fakeSeal);
  const onSourceLost = vi.fn<(error: StoreError) => void>();
  const parts = { geometry, inner, journal, seal, source: stream, onSourceLost };
  return { store: new SharerPieceStore({ ...parts, ...options }), ...parts, stream };
}

/** After every promise that is settled already has been heard. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

interface FakeSealed {
  readonly sealed: Bytes;
  readonly digest: Bytes;
}

/** The plaintext itself, and as its digest its sum. */
async function fakeSeal(_piece: number, plaintext: Bytes): Promise<FakeSealed> {
  const sum = plaintext.reduce((total, byte) => total + byte, 0);
  const digest = new Uint8Array(new Uint32Array([sum]).buffer);
  return { sealed: concatBytes(plaintext, new Uint8Array(SEAL_LENGTH)), digest };
}

class ByteSource implements StreamSource {
  readonly bytes: Bytes;
  readonly streamLength: number;

  constructor(bytes: Bytes) {
    this.bytes = bytes;
    this.streamLength = bytes.byteLength;
  }

  async read(offset: number, length: number): Promise<Bytes> {
    return this.bytes.slice(offset, offset + length);
  }
}

class MemoryJournal implements DigestJournal {
  readonly #digests = new Map<number, Bytes>();

  async record(piece: number, digest: Bytes): Promise<void> {
    const before = this.#digests.get(piece);
    if (before !== undefined && !equalBytes(before, digest)) throw new StoreError('source-changed');
    this.#digests.set(piece, digest);
  }

  async clear(): Promise<void> {
    this.#digests.clear();
  }
}
