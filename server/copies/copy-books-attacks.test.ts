import { describe, expect, test } from 'vitest';

import { BACK_OFF_MS, TRY_AGAIN_MS } from './copy-limits.ts';
import { CopyWorld, createRandom } from './copy-world.test-helper.ts';

const MEMBER = { role: 'member' } as const;
const BY_SHARER = { peerId: 'sharer', address: '192.0.2.1', isSharer: true };

async function createWorld(pieceCount = 4) {
  const world = await CopyWorld.create(pieceCount, createRandom(1));
  const { copies } = world.registry;
  return { world, copies, shareId: world.shareAt(1) };
}

describe('case T27; T32: distrust', () => {
  test('of thousands that somebody invents rehabilitates no liar, and takes no copy away', async () => {
    const { world, copies, shareId } = await createWorld();
    world.share('sharer', shareId, 2);
    world.announce('liar', shareId, MEMBER, [0, 1]);
    copies.distrust(shareId, BY_SHARER, 'liar');
    for (let i = 0; i < 3000; i += 1) copies.distrust(shareId, BY_SHARER, `invented-${i}`);
    expect(copies.copiesOf(shareId)).toEqual([0, 0, 0, 0]);
    world.announce('liar', shareId, MEMBER, [0, 1, 2]);
    expect(copies.copiesOf(shareId)).toEqual([0, 0, 0, 0]);
    world.registry.forget('liar');
    expect(copies.copiesOf(shareId)).toEqual([0, 0, 0, 0]);
  });

  test('of thousands that come and go keeps none that is there from being known', async () => {
    const { world, copies, shareId } = await createWorld();
    world.share('sharer', shareId, 2);
    world.announce('liar', shareId, MEMBER, [0, 1]);
    copies.distrust(shareId, BY_SHARER, 'liar');
    for (let i = 0; i < 3000; i += 1) {
      world.announce(`guest-${i}`, shareId, MEMBER, []);
      copies.distrust(shareId, BY_SHARER, `guest-${i}`);
      world.registry.forget(`guest-${i}`);
    }
    world.announce('liar', shareId, MEMBER, [0, 1, 2]);
    world.registry.forget('liar');
    expect(copies.copiesOf(shareId)).toEqual([0, 0, 0, 0]);
  });

  test('of one does not make a plan look at every peer for every piece', async () => {
    const { world, copies, shareId } = await createWorld(2 ** 20);
    world.share('sharer', shareId, 1);
    for (let i = 0; i < 900; i += 1) world.announce(`empty-${i}`, shareId, MEMBER, []);
    copies.distrust(shareId, BY_SHARER, 'empty-0');
    world.registry.forget('sharer');
    world.offer('volunteer', 10);
    const before = process.cpuUsage();
    for (let i = 0; i < 5; i += 1) {
      world.announce('last', shareId, MEMBER, [0]);
      world.plan();
    }
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(100);
  });
});

describe('T30: planning', () => {
  test('finds the one volunteer with enough room among many with little, though nothing changes', async () => {
    const { world, copies, shareId } = await createWorld();
    world.share('sharer', shareId, 1);
    for (let i = 0; i < 200; i += 1) {
      world.offer(`taken-${i}`, 100);
      copies.decline(`taken-${i}`, shareId);
    }
    world.offer('free', 100);
    let orders = world.plan();
    for (let i = 0; i < 200 && orders.length === 0; i += 1) {
      world.nowMs += TRY_AGAIN_MS;
      orders = world.plan();
    }
    expect(orders.map(({ peerId }) => peerId)).toContain('free');
  });

  test('a volunteer that missed its deadline and left is remembered no more', async () => {
    const { world, copies, shareId } = await createWorld();
    world.share('sharer', shareId, 1);
    world.offer('late', 100);
    expect(world.plan()).toHaveLength(1);
    world.nowMs += 1_000_000 + BACK_OFF_MS;
    world.plan();
    world.registry.forget('late');
    expect(copies.volunteersOf(shareId)).toEqual([]);
  });
});
