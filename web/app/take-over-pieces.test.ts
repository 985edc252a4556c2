import { expect, test } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { takeOverPieces } from './take-over-pieces.ts';

const SHARE = formatShareId(new Uint8Array(16).fill(1));

async function* keptPieces() {
  yield [1, Uint8Array.of(1)] as const;
  yield [4, Uint8Array.of(4)] as const;
}

test('what was kept for others lies with what this browser already had of the share', async () => {
  const store = new MapPieceStore([[0, Uint8Array.of(7)]]);
  await takeOverPieces({ pieces: () => store }, SHARE, keptPieces());
  expect(await store.held()).toEqual([0, 1, 4]);
  expect(await store.get(4)).toEqual(Uint8Array.of(4));
});
