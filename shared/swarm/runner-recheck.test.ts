import type { Bytes } from '../share/bytes.ts';
import type { Participant } from './swarm-scene.test-helper.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { equalBytes } from '../share/bytes.ts';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { StoreError } from './ports/piece-store.ts';
import { flip, createSealedShare, openAll } from './sealed-share.test-helper.ts';
import { isComplete, SwarmScene } from './swarm-scene.test-helper.ts';

const share = await createSealedShare(10 * 64 * 1024 + 5);
const { geometry } = share.membership;

let scene: SwarmScene;
afterEach(() => scene.stopAll());

describe('case S3, S4; D12: what is stored is looked at again', () => {
  test.each([
    ['keys', 'gone', (store: MapPieceStore) => store.pieces.clear(), geometry.pieceCount],
    ['keys', 'gone in part', (store: MapPieceStore) => store.pieces.delete(2), 1],
    [
      'bytes',
      'altered',
      (store: MapPieceStore) => {
        for (const index of [2, 5]) store.pieces.set(index, flip(piece(index)));
      },
      2,
    ],
  ] as const)(
    'by its %s: all that is %s is fetched again together',
    async (depth, _, damage, n) => {
      const holder = await startAgainComplete();
      damage(holder.store);
      await holder.runner.recheck(depth);
      expect(holder.runner.snapshot().heldPieces).toBe(geometry.pieceCount - n);
      await scene.until(() => isComplete(holder));
      await scene.pass(100);
      expect(equalBytes(await openAll(share, holder.store.pieces), share.stream)).toBe(true);
      expect(holder.told.completions).toBe(1);
    },
  );

  test.each([
    ['keys', (store: MapPieceStore) => store.pieces.clear()],
    ['bytes', (store: MapPieceStore) => store.pieces.set(2, flip(piece(2)))],
  ] as const)(
    'by its %s: what is still in memory is written again instead',
    async (depth, damage) => {
      scene = new SwarmScene(share);
      await scene.joinSharer();
      const receiver = await scene.join();
      await scene.until(() => isComplete(receiver));
      await scene.pass(100);
      damage(receiver.store);
      await receiver.runner.recheck(depth);
      expect(isComplete(receiver)).toBe(true);
      expect(equalBytes(await openAll(share, receiver.store.pieces), share.stream)).toBe(true);
    },
  );

  test('by its bytes, though it is being looked at by its keys: what is altered is found', async () => {
    const holder = await startAgainComplete();
    holder.store.pieces.set(2, flip(piece(2)));
    await Promise.all([holder.runner.recheck('keys'), holder.runner.recheck('bytes')]);
    expect(holder.runner.snapshot().heldPieces).toBe(geometry.pieceCount - 1);
  });

  test('by its keys, while it is being looked at by its bytes: once', async () => {
    const holder = await startAgainComplete();
    const looking = vi.spyOn(holder.store, 'held');
    await Promise.all([holder.runner.recheck('bytes'), holder.runner.recheck('keys')]);
    expect(looking).toHaveBeenCalledTimes(1);
  });

  test('a store that fails meanwhile stops the runner as ever', async () => {
    const holder = await startAgainComplete();
    holder.store.held = () => Promise.reject(new StoreError('unavailable'));
    await holder.runner.recheck('keys');
    expect(holder.told.storeFailures.map(({ code }) => code)).toEqual(['unavailable']);
  });
});

/** As after a reload: everything is stored, and nothing in memory. */
async function startAgainComplete(): Promise<Participant> {
  scene = new SwarmScene(share);
  await scene.joinSharer();
  const holder = await scene.join(new MapPieceStore(share.pieces.entries()));
  expect(isComplete(holder)).toBe(true);
  return holder;
}

function piece(index: number): Bytes {
  return share.pieces[index] ?? new Uint8Array();
}
