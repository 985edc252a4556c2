import type { Participant } from './swarm-scene.test-helper.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { equalBytes } from '../share/bytes.ts';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { createSealedShare, openAll } from './sealed-share.test-helper.ts';
import { isComplete, SwarmScene } from './swarm-scene.test-helper.ts';

const KIB = 1024;
const large = await createSealedShare(3 * KIB * KIB + 17);

let scene: SwarmScene;
afterEach(() => scene.stopAll());

describe('case P25; E16, P2: one to four sources, one receiver: the same bytes', () => {
  // A sealed piece of 65,529 bytes just fits one block.
  test.each([
    1,
    2,
    65_448,
    65_449,
    65_450,
    65_535,
    65_536,
    65_537,
    3 * 65_536 - 1,
    3 * 65_536,
    3 * 65_536 + 1,
  ])('a stream of %i bytes', async (streamLength) => {
    const share = await createSealedShare(streamLength);
    for (let sourceCount = 1; sourceCount <= 4; sourceCount += 1) {
      scene = new SwarmScene(share);
      await scene.joinSharer();
      for (let i = 1; i < sourceCount; i += 1) {
        await scene.join(new MapPieceStore(share.pieces.entries()));
      }
      const receiver = await scene.join();
      await scene.until(() => receiver.told.completions > 0);
      await scene.pass(1000);
      expect(receiver.told.completions).toBe(1);
      const opened = await openAll(share, receiver.store.pieces);
      expect(equalBytes(opened, share.stream)).toBe(true);
      const snapshot = receiver.runner.snapshot();
      expect(snapshot.peers).toHaveLength(sourceCount);
      expect(snapshot.heldBytes).toBe(streamLength);
      expect([snapshot.uncommittedBytes, snapshot.assemblyBytes]).toEqual([0, 0]);
      if (sourceCount === 1) expect(snapshot.wastedBytes).toBe(0);
      scene.stopAll();
    }
  });
});

describe('several receivers', () => {
  test('all get the same bytes, and each passes some on', async () => {
    scene = new SwarmScene(large);
    const sharer = await scene.joinSharer();
    const receivers = await Promise.all([scene.join(), scene.join(), scene.join()]);
    await scene.until(() => receivers.every(isComplete));
    await scene.pass(1000);
    for (const receiver of receivers) await expectWhole(receiver);
    const sent = receivers.map(({ runner }) => runner.snapshot().sentBytes);
    expect(Math.min(...sent)).toBeGreaterThan(0);
    expect(sharer.runner.snapshot().sentBytes).toBeLessThan(2 * large.stream.byteLength);
  });

  test('E16: those who have everything serve newcomers when the sharer has left', async () => {
    scene = new SwarmScene(large);
    const sharer = await scene.joinSharer();
    const first = await scene.join();
    await scene.until(() => isComplete(first));
    sharer.runner.stop();
    const second = await scene.join();
    await scene.until(() => isComplete(second));
    await expectWhole(second);
  });

  test('E16: a receiver that came before the sharer waits, and gets it', async () => {
    scene = new SwarmScene(large);
    const receiver = await scene.join();
    await scene.pass(5000);
    await scene.joinSharer();
    await scene.until(() => isComplete(receiver));
    await expectWhole(receiver);
  });
});

describe('interruptions', () => {
  test('D1: a receiver that starts again goes on from what its store holds', async () => {
    scene = new SwarmScene(large);
    await scene.joinSharer();
    const first = await scene.join();
    await scene.until(() => first.store.pieces.size >= 10);
    first.runner.stop();
    const storedBytes = sumBytes(first.store.pieces.values());
    const again = await scene.join(first.store);
    await scene.until(() => isComplete(again));
    await expectWhole(again);
    const { receivedBytes } = again.runner.snapshot();
    expect(receivedBytes).toBeLessThanOrEqual(sumBytes(large.pieces) - storedBytes);
    expect(first.told.completions).toBe(0);
  });

  test('case P24; E16: the network fails for a minute, and comes back', async () => {
    scene = new SwarmScene(large);
    await scene.joinSharer();
    const receiver = await scene.join();
    receiver.store.beforePut = async () => {
      if (receiver.store.pieces.size !== 10) return;
      receiver.transport.isReachable = false;
      receiver.transport.cut();
    };
    await scene.until(() => receiver.store.pieces.size > 10);
    receiver.store.beforePut = async () => {};
    await scene.pass(60_000);
    expect(isComplete(receiver)).toBe(false);
    receiver.transport.isReachable = true;
    await scene.until(() => isComplete(receiver));
    await expectWhole(receiver);
  });

  test('T16: the tracker restarts under a transfer: it goes on, and newcomers find everybody', async () => {
    scene = new SwarmScene(large);
    await scene.joinSharer();
    const receiver = await scene.join();
    await scene.until(() => receiver.store.pieces.size >= 10);
    const { connectionCount } = receiver.transport;
    scene.tracker.restart();
    scene.tracker.isUp = false;
    await scene.until(() => isComplete(receiver));
    expect(receiver.transport.connectionCount).toBe(connectionCount);
    scene.tracker.isUp = true;
    scene.tracker.restart();
    const newcomer = await scene.join();
    await scene.until(() => isComplete(newcomer));
    await expectWhole(newcomer);
  });

  test('E1: pieces that the store has regained are announced and served', async () => {
    scene = new SwarmScene(large);
    const sharer = await scene.joinSharer();
    sharer.runner.stop();
    const returned = await scene.join(undefined, { isSharer: true });
    const receiver = await scene.join();
    await scene.pass(3000);
    expect(receiver.store.pieces.size).toBe(0);
    for (const [piece, sealed] of large.pieces.entries()) returned.store.pieces.set(piece, sealed);
    await returned.runner.reload();
    await scene.until(() => isComplete(receiver));
    await expectWhole(receiver);
  });

  test('case P29; E10: 200 receivers come and go: nothing is left of them', async () => {
    scene = new SwarmScene(await createSealedShare(1));
    const sharer = await scene.joinSharer();
    for (let i = 0; i < 200; i += 1) {
      const receiver = await scene.join();
      if (i % 3 > 0) await scene.until(() => isComplete(receiver));
      else for (let step = 0; step < i % 7; step += 1) await scene.step();
      receiver.runner.stop();
      expect(sharer.transport.liveCount).toBeLessThanOrEqual(40);
    }
    await scene.pass(30_000);
    expect(sharer.transport.liveCount).toBe(0);
    expect(sharer.runner.snapshot().peers).toEqual([]);
    expect(scene.clock.alarmCount).toBe(1);
    expect(scene.tracker.memberCount).toBe(1);
  });
});

function sumBytes(pieces: Iterable<Uint8Array>): number {
  let sum = 0;
  for (const { byteLength } of pieces) sum += byteLength;
  return sum;
}

async function expectWhole({ store, told }: Participant): Promise<void> {
  expect(told.storeFailures).toEqual([]);
  expect(told.completions).toBe(1);
  expect(equalBytes(await openAll(large, store.pieces), large.stream)).toBe(true);
}
