import type { Bytes } from '../share/bytes.ts';
import { beforeEach, expect, test, vi } from 'vitest';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { PieceReader } from './piece-reader.ts';
import { StoreError } from './ports/piece-store.ts';

const MIB = 1024 * 1024;

let store: MapPieceStore;
let reader: PieceReader;
let getPiece: ReturnType<typeof vi.fn<MapPieceStore['get']>>;

beforeEach(() => {
  store = new MapPieceStore();
  getPiece = vi.fn<MapPieceStore['get']>(store.get.bind(store));
  store.get = getPiece;
  reader = new PieceReader(store, {
    streamLength: 80 * MIB,
    pieceSize: 4 * MIB,
    pieceCount: 20,
  });
});

test('a piece whose write is under way comes from memory, at once', () => {
  const sealed = sealedPiece(3);
  reader.hold(3, sealed);
  expect(reader.read(3)).toBe(sealed);
  reader.release(3);
  expect(reader.read(3)).toBe(sealed);
  expect(getPiece).not.toHaveBeenCalled();
});

test('a piece from the store is read once for all who want it', async () => {
  store.pieces.set(3, sealedPiece(3));
  const [first, second] = await Promise.all([reader.read(3), reader.read(3)]);
  expect(first).toEqual(sealedPiece(3));
  expect(second).toBe(first);
  expect(reader.read(3)).toBe(first);
  expect(getPiece).toHaveBeenCalledTimes(1);
});

test('prepared pieces are read ahead in turn, each once, 16 MiB at a time and 24 MiB waiting', async () => {
  for (let piece = 0; piece < 20; piece += 1) {
    store.pieces.set(piece, sealedPiece(piece));
    reader.prepare(piece);
    reader.prepare(piece);
  }
  expect(getPiece).toHaveBeenCalledTimes(4);
  await vi.waitFor(() => expect(getPiece).toHaveBeenCalledTimes(10));
  expect(getPiece.mock.calls.map(([piece]) => piece)).toEqual([...Array(10).keys()]);
  await reader.read(9);
  for (let piece = 0; piece < 10; piece += 1) {
    expect(reader.read(piece)).toEqual(sealedPiece(piece));
  }
  expect(getPiece).toHaveBeenCalledTimes(10);
});

test('a piece that is wanted does not wait its turn among those that are prepared', async () => {
  for (let piece = 0; piece < 12; piece += 1) {
    store.pieces.set(piece, sealedPiece(piece));
    reader.prepare(piece);
  }
  const reading = reader.read(11);
  expect(getPiece.mock.calls.map(([piece]) => piece)).toEqual([0, 1, 2, 3, 11]);
  expect(await reading).toEqual(sealedPiece(11));
});

test('a prepared piece that cannot be read is nobody’s surprise, and tried again when wanted', async () => {
  getPiece.mockRejectedValueOnce(new StoreError('unavailable'));
  store.pieces.set(3, sealedPiece(3));
  reader.prepare(3);
  await vi.waitFor(async () => expect(await reader.read(3)).toEqual(sealedPiece(3)));
});

test('a piece that is not there is undefined, and looked for again the next time', async () => {
  expect(await reader.read(3)).toBeUndefined();
  store.pieces.set(3, sealedPiece(3));
  expect(await reader.read(3)).toEqual(sealedPiece(3));
});

test('a failure of the store reaches everybody who waits, and is not remembered', async () => {
  getPiece.mockRejectedValueOnce(new StoreError('unavailable'));
  const readings = [reader.read(3), reader.read(3)];
  for (const reading of readings) await expect(reading).rejects.toThrow(StoreError);
  store.pieces.set(3, sealedPiece(3));
  expect(await reader.read(3)).toEqual(sealedPiece(3));
});

test('48 MiB are kept, and those that were read least lately are let go', async () => {
  for (let piece = 0; piece < 12; piece += 1) store.pieces.set(piece, sealedPiece(piece, 4 * MIB));
  for (let piece = 0; piece < 12; piece += 1) await reader.read(piece);
  expect(reader.read(0)).toBeInstanceOf(Uint8Array);
  reader.hold(12, sealedPiece(12, 4 * MIB));
  reader.release(12);
  expect(reader.read(0)).toBeInstanceOf(Uint8Array);
  expect(reader.read(1)).toBeInstanceOf(Promise);
  expect(getPiece).toHaveBeenCalledTimes(13);
});

test('what is read for here alone comes from memory or the store, and takes nobody’s place', async () => {
  reader.hold(1, sealedPiece(1));
  store.pieces.set(2, sealedPiece(2));
  await reader.read(2);
  store.pieces.set(3, sealedPiece(3));
  for (const piece of [1, 2, 3])
    expect(await reader.readUnverified(piece)).toEqual(sealedPiece(piece));
  expect(getPiece.mock.calls.flat()).toEqual([2, 3]);
  expect(reader.read(3)).toBeInstanceOf(Promise);
  expect(await reader.readUnverified(4)).toBeUndefined();
});

test('what is read for here alone is not verified where the store can leave that out', async () => {
  const getUnverified = vi.fn<MapPieceStore['get']>(async () => sealedPiece(9));
  const geometry = { streamLength: 80 * MIB, pieceSize: 4 * MIB, pieceCount: 20 };
  reader = new PieceReader(Object.assign(store, { getUnverified }), geometry);
  expect(await reader.readUnverified(3)).toEqual(sealedPiece(9));
  expect(getPiece).not.toHaveBeenCalled();
});

function sealedPiece(piece: number, length = 100): Bytes {
  return new Uint8Array(length).fill(piece, 0, 1);
}
