import type { Bytes } from '../share/bytes.ts';
import type { Participant } from './swarm-scene.test-helper.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { concatBytes, equalBytes } from '../share/bytes.ts';
import { computeSealedLength } from '../share/geometry.ts';
import { createSampleShare } from '../share/sample-share.test-helper.ts';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { createMembership } from './membership.ts';
import { StoreError } from './ports/piece-store.ts';
import { flip, createSealedShare, openAll } from './sealed-share.test-helper.ts';
import { isComplete, SwarmScene } from './swarm-scene.test-helper.ts';

const KIB = 1024;
const MIB = KIB * KIB;
const share = await createSealedShare(10 * 64 * KIB + 5);
const otherShare = await createSealedShare(10 * 64 * KIB + 5);
const { geometry } = share.membership;

let scene: SwarmScene;
afterEach(() => scene.stopAll());

describe('case S1; D10: a store that fails', () => {
  test('stops the runner, once and entirely; it can start again when there is room', async () => {
    scene = new SwarmScene(share);
    const sharer = await scene.joinSharer();
    const receiver = await scene.join();
    receiver.store.beforePut = async () => {
      if (receiver.store.pieces.size >= 3) throw new StoreError('quota-exceeded');
    };
    await scene.until(() => receiver.told.storeFailures.length > 0);
    await scene.pass(5000);
    expect(receiver.told.storeFailures.map(({ code }) => code)).toEqual(['quota-exceeded']);
    expect(receiver.transport.liveCount).toBe(0);
    expect(scene.tracker.memberCount).toBe(1);
    expect(sharer.runner.snapshot().peers).toEqual([]);
    expect(receiver.told.completions).toBe(0);
    receiver.store.beforePut = async () => {};
    const again = await scene.join(receiver.store);
    await scene.until(() => isComplete(again));
    await expectWhole(again);
  });

  test('under a read tells it the same way', async () => {
    scene = new SwarmScene(share);
    const sharer = await scene.joinSharer();
    sharer.store.get = async () => {
      throw new StoreError('source-changed');
    };
    await scene.join();
    await scene.until(() => sharer.told.storeFailures.length > 0);
    await scene.pass(2000);
    expect(sharer.told.storeFailures.map(({ code }) => code)).toEqual(['source-changed']);
    expect(sharer.transport.liveCount).toBe(0);
  });

  test('E11: that never commits holds up requests, at 64 MiB and what was asked for', async () => {
    // Pieces of nothing, taken for true: only their number matters here.
    const sample = await createSampleShare({ streamLength: 120 * MIB });
    const membership = {
      ...(await createMembership(sample.header, sample.shareId, sample.keys)),
      verifyPiece: async () => true,
    };
    const { geometry } = membership;
    scene = new SwarmScene({ membership, pieces: [] });
    const source = new MapPieceStore();
    source.held = async () => Array.from({ length: geometry.pieceCount }, (_, piece) => piece);
    source.get = async (piece) => new Uint8Array(computeSealedLength(geometry, piece));
    await scene.join(source);
    const receiver = await scene.join();
    const waiting: (() => void)[] = [];
    receiver.store.beforePut = () => new Promise((resolve) => waiting.push(resolve));
    let peakBytes = 0;
    const look = () => {
      const { uncommittedBytes, assemblyBytes } = receiver.runner.snapshot();
      peakBytes = Math.max(peakBytes, uncommittedBytes + assemblyBytes);
      return uncommittedBytes >= 64 * MIB;
    };
    await scene.until(look);
    for (let i = 0; i < 300; i += 1) {
      await scene.step();
      look();
    }
    expect(peakBytes).toBeLessThanOrEqual((64 + 8 + 1) * MIB);
    receiver.store.beforePut = async () => {};
    for (const commit of waiting) commit();
    await scene.until(() => isComplete(receiver));
    await scene.pass(100);
    expect(receiver.runner.snapshot().uncommittedBytes).toBe(0);
  });
});

describe('case S3; E17: a piece that is', () => {
  test.each([
    ['altered', (store: MapPieceStore) => store.pieces.set(4, flip(share.pieces[4]))],
    ['cut short', (store: MapPieceStore) => store.pieces.set(4, new Uint8Array(10))],
    ['gone', (store: MapPieceStore) => store.pieces.delete(4)],
  ])('%s behind our back is not served, but fetched again', async (_, damage) => {
    scene = new SwarmScene(share);
    const holder = await scene.join(new MapPieceStore(share.pieces.entries()));
    damage(holder.store);
    const receiver = await scene.join();
    await scene.until(() => receiver.store.pieces.size === geometry.pieceCount - 1);
    await scene.pass(20_000);
    expect(receiver.runner.has(4) || holder.runner.has(4)).toBe(false);
    await scene.joinSharer();
    await scene.until(() => isComplete(receiver) && isComplete(holder));
    await scene.pass(100);
    expect(equalBytes(holder.store.pieces.get(4) ?? new Uint8Array(), piece(4))).toBe(true);
    await expectWhole(receiver);
    // Nobody took anybody for a liar.
    expect(receiver.runner.snapshot().peers).toHaveLength(2);
    expect(receiver.runner.snapshot().wastedBytes).toBe(0);
  });
});

describe('case P10, P11; E2, E3: a liar', () => {
  test.each([
    ['first byte', (sealed: Bytes) => flip(sealed, 0)],
    ['tag', (sealed: Bytes) => flip(sealed, sealed.byteLength - 65)],
    ['signature', (sealed: Bytes) => flip(sealed, sealed.byteLength - 1)],
    ['last byte', (sealed: Bytes) => flip(sealed, sealed.byteLength - 81)],
    ['signature, all zeros', (sealed: Bytes) => sign(sealed, new Uint8Array(64))],
    ['signature, of another piece', (sealed: Bytes) => sign(sealed, piece(1).slice(-64))],
    ['signature, of another share', (sealed: Bytes) => sign(sealed, foreign(0).slice(-64))],
    ['place', () => piece(1)],
    ['share', (_: Bytes, index: number) => foreign(index)],
  ])('with a wrong %s is banned, and the rest comes from the honest', async (_, alter) => {
    scene = new SwarmScene(share);
    const lies = share.pieces.slice(0, -1).map(alter);
    lies[1] = flip(piece(1));
    const membership = { ...share.membership, verifyPiece: async () => true };
    const liar = await scene.join(new MapPieceStore(lies.entries()), { membership });
    const receiver = await scene.join();
    await scene.until(
      () => receiver.told.sessionFailures.length + liar.told.sessionFailures.length > 0,
    );
    expect(receiver.runner.snapshot().heldPieces).toBe(0);
    await scene.joinSharer();
    await scene.until(() => isComplete(receiver));
    await scene.pass(60_000);
    await expectWhole(receiver);
    expect(receiver.runner.snapshot().peers).toHaveLength(1);
  });
});

describe('a peer that is cut off and returns while a block for it is being read', () => {
  test.each(['given', 'gone'])(
    'and the piece is %s: the new session is not mixed up',
    async (fate) => {
      scene = new SwarmScene(share);
      const sharer = await scene.joinSharer();
      const waiting: (() => void)[] = [];
      const { pieces } = sharer.store;
      sharer.store.get = async (piece) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return fate === 'given' ? pieces.get(piece)?.slice() : undefined;
      };
      const receiver = await scene.join();
      await scene.until(() => waiting.length > 0);
      receiver.transport.cut();
      await scene.until(() => sharer.runner.snapshot().peers.length === 0);
      await scene.until(() => sharer.runner.snapshot().peers.length === 1);
      sharer.store.get = async (piece) => pieces.get(piece)?.slice();
      for (const goOn of waiting) goOn();
      await scene.until(() => {
        expect(sharer.runner.snapshot().sendPendingBytes).toBeGreaterThanOrEqual(0);
        return fate === 'gone' ? receiver.store.pieces.size > 0 : isComplete(receiver);
      });
      await scene.pass(1000);
      // What a channel held when it was last looked at, which is less than is worth a word when it has gone.
      expect(sharer.runner.snapshot().sendPendingBytes).toBeLessThanOrEqual(64 * KIB);
      expect(receiver.runner.snapshot().wastedBytes).toBe(0);
    },
  );
});

test('E14: a tracker that gave no answer is told everything again soon', async () => {
  scene = new SwarmScene(share);
  scene.tracker.isUp = false;
  await scene.joinSharer();
  await scene.pass(100);
  scene.tracker.isUp = true;
  const receiver = await scene.join();
  await scene.until(() => isComplete(receiver));
  expect(scene.clock.nowMs()).toBeLessThan(20_000);
});

describe('stopping', () => {
  test('at any moment leaves no connection, no timer, no name at the tracker, and tells nothing', async () => {
    for (let moment = 0; moment < 80; moment += 1) {
      scene = new SwarmScene(share);
      const sharer = await scene.joinSharer();
      const receiver = await scene.join();
      for (let i = 0; i < moment; i += 1) {
        if (i % 4 === 0) await crypto.subtle.digest('SHA-256', new Uint8Array(10));
        else await Promise.resolve();
        if (i % 16 === 15) scene.clock.advance(10);
      }
      receiver.runner.stop();
      const { completions } = receiver.told;
      receiver.runner.stop();
      sharer.runner.stop();
      await receiver.runner.recheck('keys');
      for (let i = 0; i < 5; i += 1) await scene.step();
      expect([sharer.transport.liveCount, receiver.transport.liveCount]).toEqual([0, 0]);
      expect(scene.clock.alarmCount).toBe(0);
      expect([scene.tracker.memberCount, scene.tracker.lateCallCount]).toEqual([0, 0]);
      expect(receiver.told).toMatchObject({ completions, storeFailures: [], sessionFailures: [] });
      for (const [index, sealed] of receiver.store.pieces) {
        expect(equalBytes(sealed, piece(index))).toBe(true);
      }
    }
  });

  test.each(['completions', 'found', 'sessionFailures'] as const)(
    'from within the news of %s stops everything just as well',
    async (news) => {
      scene = new SwarmScene(share);
      const sharer = await scene.joinSharer();
      const receiver = await scene.join();
      const count = () => Number(receiver.told[news] === 0 || [receiver.told[news]].flat().length);
      receiver.told.onTold = () => {
        const told = receiver.told[news];
        if (typeof told === 'number' ? told > 0 : told.length > 0) receiver.runner.stop();
      };
      if (news === 'sessionFailures') {
        await scene.until(() => receiver.store.pieces.size > 2);
        receiver.transport.cut();
      }
      await scene.until(() => scene.tracker.memberCount === 1);
      await scene.pass(3000);
      expect(count()).toBe(1);
      expect([receiver.transport.liveCount, scene.tracker.lateCallCount]).toEqual([0, 0]);
      sharer.runner.stop();
      expect(scene.clock.alarmCount).toBe(0);
    },
  );
});

function piece(index: number): Bytes {
  return share.pieces[index] ?? new Uint8Array();
}

function foreign(index: number): Bytes {
  return otherShare.pieces[index] ?? new Uint8Array();
}

function sign(sealed: Bytes, signature: Bytes): Bytes {
  return concatBytes(sealed.slice(0, -64), signature);
}

async function expectWhole({ store, told }: Participant): Promise<void> {
  expect(told.completions).toBe(1);
  expect(equalBytes(await openAll(share, store.pieces), share.stream)).toBe(true);
}
