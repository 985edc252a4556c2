import { expect, test } from 'vitest';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { VerifiedPieceStore } from './verified-piece-store.ts';

const TRUE_PIECE = new Uint8Array(100).fill(3);
const ALTERED_PIECE = new Uint8Array(100).fill(4);

function setUp(...pieces: [number, Uint8Array<ArrayBuffer>][]) {
  const medium = new MapPieceStore(pieces);
  // A true piece begins with its number.
  const store = new VerifiedPieceStore(medium, async (piece, sealed) => sealed[0] === piece);
  return { medium, store };
}

test('E17: a piece that is what it should be is given as it is', async () => {
  const { store } = setUp([3, TRUE_PIECE]);
  expect(await store.get(3)).toEqual(TRUE_PIECE);
  expect(await store.get(4)).toBeUndefined();
});

test('case S3; E17: an altered piece is undefined, and removed', async () => {
  const { medium, store } = setUp([3, ALTERED_PIECE]);
  expect(await store.held()).toEqual([3]);
  expect(await store.get(3)).toBeUndefined();
  expect(medium.pieces.has(3)).toBe(false);
});

test('E17: what is read without being verified is given as it is stored, and left there', async () => {
  const { medium, store } = setUp([3, ALTERED_PIECE]);
  expect(await store.getUnverified(3)).toEqual(ALTERED_PIECE);
  expect(medium.pieces.has(3)).toBe(true);
  expect(await store.getUnverified(4)).toBeUndefined();
});

test('everything else goes to the store beneath', async () => {
  const { medium, store } = setUp([3, TRUE_PIECE]);
  await store.put(5, TRUE_PIECE);
  await store.remove(3);
  expect([...medium.pieces.keys()]).toEqual([5]);
  await store.clear();
  expect(await store.held()).toEqual([]);
});
