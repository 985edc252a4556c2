import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PieceKeeper } from './piece-keeper.ts';
import { computeSealedLength } from '../../shared/share/geometry.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { createSealedShare } from '../../shared/swarm/sealed-share.test-helper.ts';
import { KeeperScene, ON } from './keeper-scene.test-helper.ts';
import { FIRST_SETTINGS } from './volunteering.ts';

const PIECE_SIZE = 65_536;
/** Five pieces, the last of ten bytes. */
const sealed = await createSealedShare(4 * PIECE_SIZE + 10);
const { geometry } = sealed.membership;
const ONE_PIECE = computeSealedLength(geometry, 0);
const ALL_BYTES = 4 * ONE_PIECE + computeSealedLength(geometry, 4);
const OTHER = formatShareId(new Uint8Array(16).fill(9));
const LONG_MS = 4_000;

let scene: KeeperScene;
let keeper: PieceKeeper;

beforeEach(async () => {
  scene = new KeeperScene(sealed);
  await scene.swarm.joinSharer();
  keeper = await scene.open();
});

afterEach(() => {
  keeper.apply(FIRST_SETTINGS);
  scene.swarm.stopAll();
});

async function pass(durationMs = LONG_MS): Promise<void> {
  for (let passedMs = 0; passedMs < durationMs; passedMs += 500) {
    await scene.swarm.pass(500);
    keeper.refresh();
  }
}

/** Turned on and asked for all of it. */
async function keepAll(): Promise<void> {
  keeper.apply(ON);
  await pass(1_000);
  await scene.order([[0, 4]]);
  await scene.swarm.until(() => scene.store.pieces.size === 5);
}

test('offers the room that is lent, and nothing while it is off', async () => {
  await pass();
  expect(scene.offers).toEqual([]);
  keeper.apply(ON);
  await pass();
  expect(scene.offers).toEqual([[512_000_000, 0]]);
});

test('offers no more than the browser would store, and leaves it some', async () => {
  scene.roomBytes = 100_000_000;
  keeper.apply(ON);
  await pass();
  expect(scene.offers).toEqual([[36_000_000, 0]]);
});

test('fetches what was ordered and nothing else, and tells sizes and counts', async () => {
  keeper.apply(ON);
  await pass(1_000);
  await scene.order([
    [0, 1],
    [4, 4],
  ]);
  await scene.swarm.until(() => scene.store.pieces.size === 3);
  await pass();
  expect(await scene.store.held()).toEqual([0, 1, 4]);
  const heldBytes = 2 * ONE_PIECE + computeSealedLength(geometry, 4);
  expect(keeper.state()).toMatchObject({ heldBytes, pieceCount: 3, shareCount: 1 });
  expect(scene.offers.at(-1)).toEqual([ON.budgetBytes - heldBytes, heldBytes]);
});

test('keeps what was sealed and signed, byte for byte', async () => {
  await keepAll();
  for (const [piece, bytes] of sealed.pieces.entries()) {
    expect(scene.store.pieces.get(piece)).toEqual(bytes);
  }
});

test('takes no more than there is room for', async () => {
  keeper.apply({ ...ON, budgetBytes: 2 * ONE_PIECE + 5 });
  await pass(1_000);
  await scene.order([[0, 4]]);
  await pass();
  expect(await scene.store.held()).toEqual([0, 1]);
  await scene.order([[2, 3]]);
  await pass();
  expect(scene.declined).toEqual([scene.shareId]);
});

test('T29: what is ordered and not here yet is the tracker’s to take off: the offer still has room for it', async () => {
  scene.swarm.stopAll();
  keeper.apply({ ...ON, budgetBytes: ALL_BYTES });
  await pass(1_000);
  await scene.order([[0, 4]]);
  await pass();
  expect(scene.declined).toEqual([]);
  expect(scene.offers).toEqual([[ALL_BYTES, 0]]);
});

test('goes on after a reload: serves what it holds, and fetches what is ordered beside it', async () => {
  keeper.apply(ON);
  await pass(1_000);
  await scene.order([[0, 2]]);
  await scene.swarm.until(() => scene.store.pieces.size === 3);
  keeper.apply(FIRST_SETTINGS);
  keeper = await scene.open();
  expect(keeper.state()).toMatchObject({ pieceCount: 3, shareCount: 1 });
  const before = scene.swarm.tracker.memberCount;
  keeper.apply(ON);
  await pass(5_000);
  expect(scene.swarm.tracker.memberCount).toBe(before + 1);
  expect(scene.offers.at(-1)?.[1]).toBe(3 * ONE_PIECE);
  await scene.order([[3, 4]]);
  await scene.swarm.until(() => scene.store.pieces.size === 5);
});

test('a receiver gets every byte from it when the sharer has left', async () => {
  await keepAll();
  scene.swarm.stopAll();
  const receiver = await scene.swarm.join();
  await scene.swarm.until(() => receiver.runner.snapshot().isComplete);
});

test('turned off, it leaves the swarm, tells the tracker, and keeps what it has', async () => {
  await keepAll();
  const before = scene.swarm.tracker.memberCount;
  keeper.apply(FIRST_SETTINGS);
  expect(scene.withdrawCount).toBe(1);
  expect(scene.swarm.tracker.memberCount).toBe(before - 1);
  expect(keeper.state()).toMatchObject({ heldBytes: ALL_BYTES, pieceCount: 5, shareCount: 1 });
});

test('forgetting leaves neither piece nor record', async () => {
  await keepAll();
  keeper.apply(FIRST_SETTINGS);
  await keeper.forget();
  expect(scene.store.pieces.size).toBe(0);
  expect(scene.remembered.size).toBe(0);
  expect(keeper.state()).toMatchObject({ heldBytes: 0, pieceCount: 0, shareCount: 0 });
});

test('what is forgotten stays forgotten when orders were still waiting', async () => {
  keeper.apply(ON);
  await pass(1_000);
  await scene.order([[0, 4]]);
  keeper.apply(FIRST_SETTINGS);
  await keeper.forget();
  await pass();
  expect(scene.store.pieces.size).toBe(0);
  expect(scene.remembered.size).toBe(0);
});

test('declines what this browser has itself, or shows, or what is not the sharer’s word', async () => {
  keeper.apply(ON);
  await pass(1_000);
  const header = sealed.membership.header.slice();
  header[header.length - 1] = (header.at(-1) ?? 0) ^ 1;
  const target = await scene.signTarget(2);
  target[0] = 3;
  for (const change of [
    { header },
    { target },
    { target: await scene.signTarget(0) },
    { shareId: OTHER },
  ]) {
    await scene.order([[0, 4]], change);
  }
  await pass(1_000);
  scene.own.push(scene.shareId);
  await scene.order([[0, 4]]);
  await pass(1_000);
  scene.own.length = 0;
  scene.shown.add(scene.shareId);
  await scene.order([[0, 4]]);
  await pass(1_000);
  const { shareId } = scene;
  expect(scene.declined).toEqual([shareId, shareId, shareId, OTHER, shareId, shareId]);
  expect(scene.remembered.size).toBe(0);
});

test('what this browser takes up itself becomes its own, and is no longer kept for others', async () => {
  await keepAll();
  scene.own.push(scene.shareId);
  await pass();
  expect([...scene.takenOver.values()]).toEqual(sealed.pieces);
  expect(scene.store.pieces.size).toBe(0);
  expect(scene.remembered.size).toBe(0);
});

test('makes way in this tab at once for whoever opens the share here, and comes back after', async () => {
  await keepAll();
  const before = scene.swarm.tracker.memberCount;
  scene.shown.add(scene.shareId);
  keeper.letGo(scene.shareId);
  expect(scene.swarm.tracker.memberCount).toBe(before - 1);
  await pass();
  expect(scene.swarm.tracker.memberCount).toBe(before - 1);
  scene.shown.clear();
  await pass();
  expect(scene.swarm.tracker.memberCount).toBe(before);
  expect(scene.store.pieces.size).toBe(5);
});

test('drops what the tracker releases', async () => {
  await keepAll();
  scene.events?.onRelease(scene.shareId);
  await pass();
  expect(scene.store.pieces.size).toBe(0);
  expect(scene.remembered.size).toBe(0);
  expect(scene.offers.at(-1)).toEqual([ON.budgetBytes, 0]);
});

test('T35: drops what has ended, as the tracker says that it did not release it from', async () => {
  await keepAll();
  scene.swarm.tracker.ended.add(scene.shareId);
  scene.swarm.tracker.restart();
  await scene.swarm.until(() => scene.remembered.size === 0);
  expect(scene.store.pieces.size).toBe(0);
  await pass();
  expect(scene.offers.at(-1)).toEqual([ON.budgetBytes, 0]);
});

test('with less room than it holds it asks what to drop, and drops that', async () => {
  await keepAll();
  scene.drops = [{ shareId: scene.shareId, pieces: [[1, 2]] }];
  const budgetBytes = ALL_BYTES - ONE_PIECE - 1;
  keeper.apply({ ...ON, budgetBytes });
  await scene.swarm.until(() => scene.store.pieces.size === 3);
  expect(scene.unloads[0]).toBe(ONE_PIECE + 1);
  expect(await scene.store.held()).toEqual([0, 3, 4]);
  await pass();
  expect(scene.offers.at(-1)?.[1]).toBe(ALL_BYTES - 2 * ONE_PIECE);
});

test('drops nothing while the tracker cannot be told', async () => {
  await keepAll();
  scene.drops = undefined;
  keeper.apply({ ...ON, budgetBytes: ONE_PIECE });
  await pass();
  expect(scene.store.pieces.size).toBe(5);
});

test('a later word of the sharer is remembered, an earlier one is not', async () => {
  await keepAll();
  const later = await scene.signTarget(3, 7);
  await scene.order([[0, 0]], { target: later });
  await pass();
  expect(scene.remembered.get(scene.shareId)?.target).toEqual(later);
  await scene.order([[0, 0]], { target: await scene.signTarget(2, 6) });
  await pass();
  expect(scene.remembered.get(scene.shareId)?.target).toEqual(later);
  expect(keeper.state().pieceCount).toBe(5);
});

test('a full browser says so, keeps what it has, and takes no more', async () => {
  scene.store.beforePut = async (piece) => {
    if (piece === 4) throw new StoreError('quota-exceeded');
  };
  keeper.apply(ON);
  await pass(1_000);
  await scene.order([[0, 3]]);
  await scene.swarm.until(() => scene.store.pieces.size === 4);
  await scene.order([[4, 4]]);
  await pass();
  expect(keeper.state()).toMatchObject({ pieceCount: 4, problem: { code: 'no-room-for-others' } });
  expect(scene.offers.at(-1)).toEqual([0, 4 * ONE_PIECE]);
  const receiver = await scene.swarm.join();
  await scene.swarm.until(() => receiver.runner.snapshot().peers.length === 2);
});

test('a browser that stores nothing says so', async () => {
  scene.store.beforePut = async () => {
    throw new StoreError('unavailable');
  };
  keeper.apply(ON);
  await pass(1_000);
  await scene.order([[0, 3]]);
  await pass();
  expect(keeper.state().problem?.code).toBe('store-unavailable');
  expect(scene.withdrawCount).toBe(1);
});

test('sends no faster than allowed, however often it looks', async () => {
  await keepAll();
  scene.swarm.stopAll();
  keeper.apply({ ...ON, uploadBytesPerSecond: 50_000 });
  const receiver = await scene.swarm.join();
  await pass(4_000);
  const { heldBytes } = receiver.runner.snapshot();
  expect(heldBytes).toBeGreaterThan(0);
  expect(heldBytes).toBeLessThan(4.5 * 50_000);
});
