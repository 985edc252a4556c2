import { afterEach, describe, expect, test } from 'vitest';
import type { Participant } from './swarm-scene.test-helper.ts';
import { equalBytes } from '../share/bytes.ts';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { StoreError } from './ports/piece-store.ts';
import { createSealedShare, openAll } from './sealed-share.test-helper.ts';
import { isComplete, SwarmScene } from './swarm-scene.test-helper.ts';

const share = await createSealedShare(4 * 64 * 1024 + 5);
const { pieceCount } = share.membership.geometry;

let scene: SwarmScene;
afterEach(() => scene.stopAll());

describe('case S5; D1, E2: a receiver that dies at the write of any piece', () => {
  test.each(['before', 'after'] as const)(
    '%s its commit claims what is stored when it is back, and fetches the rest alone',
    async (moment) => {
      for (let writes = 1; writes <= pieceCount; writes += 1) {
        scene = new SwarmScene(share);
        const sharer = await scene.joinSharer();
        const receiver = await scene.join();
        const isDead = dieAtWrite(receiver.store, writes, moment);
        await scene.until(isDead);
        await scene.pass(300);
        receiver.runner.stop();
        const stored = new Set(receiver.store.pieces.keys());
        expect(stored.size).toBe(moment === 'after' ? writes : writes - 1);
        const sentBefore = sharer.runner.snapshot().sentBytes;
        const again = await scene.join(new MapPieceStore(receiver.store.pieces));
        expect(again.runner.snapshot().heldPieces).toBe(stored.size);
        await scene.until(() => isComplete(again));
        await expectWhole(again);
        const sent = sharer.runner.snapshot().sentBytes - sentBefore;
        expect(sent).toBeLessThan((pieceCount - stored.size + 1) * 66_000);
        scene.stopAll();
      }
    },
  );
});

test('case S1; D10: whichever write finds the disk full, what was stored stays and the rest comes when there is room', async () => {
  for (let nth = 1; nth <= pieceCount; nth += 1) {
    scene = new SwarmScene(share);
    await scene.joinSharer();
    const store = new MapPieceStore();
    let writes = 0;
    let pauses = 0;
    // Every n-th write fails, however often it is tried.
    store.beforePut = async () => {
      writes += 1;
      if (writes % nth === 0 && pauses < pieceCount) throw new StoreError('quota-exceeded');
    };
    let receiver = await scene.join(store);
    const isOver = (): boolean => receiver.told.storeFailures.length > 0 || isComplete(receiver);
    for (await scene.until(isOver); receiver.told.storeFailures.length > 0;) {
      pauses += 1;
      const kept = store.pieces.size;
      await scene.pass(300);
      expect(receiver.told.storeFailures.map(({ code }) => code)).toEqual(['quota-exceeded']);
      expect(store.pieces.size).toBeGreaterThanOrEqual(kept);
      receiver = await scene.join(store);
      await scene.until(isOver);
    }
    expect(pauses).toBeGreaterThan(0);
    await expectWhole(receiver);
    scene.stopAll();
  }
});

/** From then on the store answers nothing. Returns whether it is so. */
function dieAtWrite(
  store: MapPieceStore,
  writes: number,
  moment: 'before' | 'after',
): () => boolean {
  let isDead = false;
  let count = 0;
  const put = store.put.bind(store);
  store.put = async (piece, sealed) => {
    count += 1;
    if (!isDead && (count < writes || (count === writes && moment === 'after'))) {
      await put(piece, sealed);
    }
    isDead ||= count === writes;
    if (isDead) await new Promise(() => {});
  };
  return () => isDead;
}

async function expectWhole({ store }: Participant): Promise<void> {
  await scene.until(() => store.pieces.size === pieceCount);
  expect(equalBytes(await openAll(share, store.pieces), share.stream)).toBe(true);
}
