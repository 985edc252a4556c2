import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { ShareId } from '../../shared/share/share-id.ts';
import { BACK_OFF_MS, MAX_BATCH_PIECES } from './copy-limits.ts';
import type { Order } from './copy-planner.ts';
import { CopyWorld, createRandom, piecesOf } from './copy-world.test-helper.ts';

const SHARER = 'sharer';
const VOLUNTEER = { role: 'volunteer' } as const;

async function createWorld(pieceCount = 12, seed = 1) {
  const world = await CopyWorld.create(pieceCount, createRandom(seed));
  return { world, shareId: world.shareAt(1) };
}

/** Plans and obeys until nothing is asked for any more. */
function settle(world: CopyWorld, onRound: (orders: readonly Order[]) => void = () => {}): number {
  for (let round = 0; round < 1000; round += 1) {
    const orders = world.plan();
    onRound(orders);
    if (orders.length === 0) return round;
    for (const order of orders) expect(world.obey(order)).toBe('announced');
    world.nowMs += 500;
  }
  throw new Error('never settles');
}

describe('planning copies', () => {
  test('every piece gets as many copies as were asked for, and no more', async () => {
    const { world, shareId } = await createWorld(512);
    for (let i = 0; i < 5; i += 1) world.offer(`v${i}`, 1000);
    world.share(SHARER, shareId, 3);
    settle(world);
    expect(new Set(world.registry.copies.copiesOf(shareId))).toEqual(new Set([3]));
  });

  test('the work is spread over all who offer, evenly', async () => {
    const { world, shareId } = await createWorld(12);
    for (let i = 0; i < 4; i += 1) world.offer(`v${i}`, 1000);
    world.share(SHARER, shareId, 2);
    const orders = world.plan();
    const counts = ['v0', 'v1', 'v2', 'v3'].map(
      (peerId) => piecesOf(orders.filter((order) => order.peerId === peerId)).length,
    );
    expect(counts).toEqual([6, 6, 6, 6]);
  });

  test('the rarest pieces come first where there is room for few', async () => {
    const { world, shareId } = await createWorld(12);
    world.announce('member', shareId, { role: 'member' }, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    world.offer('v', 3);
    world.share(SHARER, shareId, 2);
    expect(piecesOf(world.plan()).toSorted((a, b) => a - b)).toEqual([9, 10, 11]);
  });

  test('a batch is small, and a volunteer has two at most', async () => {
    const { world, shareId } = await createWorld(512);
    world.offer('v', 1000);
    world.share(SHARER, shareId, 1);
    const orders = world.plan();
    expect(orders.map((order) => piecesOf([order]).length)).toEqual([
      MAX_BATCH_PIECES,
      MAX_BATCH_PIECES,
    ]);
    expect(world.plan()).toEqual([]);
  });

  test('a piece that nobody has is asked of nobody', async () => {
    const { world, shareId } = await createWorld(12);
    world.share(SHARER, shareId, 1);
    world.announce('member', shareId, { role: 'member' }, []);
    world.announce('holder', shareId, { role: 'member' }, [3]);
    world.registry.forget(SHARER);
    world.offer('v', 100);
    world.registry.copies.setTarget(shareId, { copies: 2, serial: 2 }, new Uint8Array(69));
    expect(piecesOf(world.plan())).toEqual([3]);
  });

  test('T30: what is late is asked of another, and the late one of nothing for a minute', async () => {
    const { world, shareId } = await createWorld(12);
    world.offer('late', 100);
    world.share(SHARER, shareId, 1);
    const [order] = world.plan();
    world.offer('other', 100);
    world.nowMs += (order?.message.deadlineMs ?? 0) - 1;
    expect(world.plan()).toEqual([]);
    world.nowMs += 2;
    const again = world.plan();
    expect(new Set(again.map(({ peerId }) => peerId))).toEqual(new Set(['other']));
    expect(piecesOf(again)).toHaveLength(12);
    world.registry.forget('other');
    world.nowMs += BACK_OFF_MS - 2;
    expect(world.plan()).toEqual([]);
    world.nowMs += 2;
    expect(piecesOf(world.plan())).toHaveLength(12);
  });

  test('the same books and random numbers give the same plan', async () => {
    const plans = await Promise.all(
      [1, 2].map(async () => {
        const { world, shareId } = await createWorld(64, 7);
        for (let i = 0; i < 40; i += 1) world.offer(`v${i}`, 20);
        world.share(SHARER, shareId, 2);
        const told: unknown[] = [];
        settle(world, (orders) => {
          told.push(orders.map(({ peerId, message }) => [peerId, message.pieces]));
        });
        return told;
      }),
    );
    expect(plans[0]).toEqual(plans[1]);
  });
});

type Step =
  | { kind: 'offer'; peer: number; pieces: number }
  | { kind: 'obey' | 'ignore' | 'leave' | 'withdraw' | 'decline' | 'unload'; peer: number }
  | { kind: 'distrust'; peer: number }
  | { kind: 'claim'; peer: number; pieces: number[] }
  | { kind: 'target'; copies: number }
  | { kind: 'wait'; ms: number };

const peer = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('offer'), peer, pieces: fc.nat(20) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('obey', 'ignore', 'leave', 'withdraw', 'decline', 'unload'),
      peer,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('distrust'), peer }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('claim'),
      peer,
      pieces: fc.uniqueArray(fc.nat({ max: 11 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('target'), copies: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait'), ms: fc.nat(60_000) }) },
);

/** What the steps do to the books, and what was ordered and not yet done. */
class Play {
  readonly world: CopyWorld;
  readonly shareId: ShareId;
  readonly distrusted = new Set<string>();
  readonly declined = new Set<string>();
  orders: readonly Order[] = [];
  #serial = 1;

  constructor(world: CopyWorld, shareId: ShareId) {
    this.world = world;
    this.shareId = shareId;
  }

  apply(action: Step): void {
    const { world, shareId } = this;
    const { registry } = world;
    if (action.kind === 'wait') world.nowMs += action.ms;
    else if (action.kind === 'target') {
      this.#serial += 1;
      world.share(SHARER, shareId, action.copies, this.#serial);
    } else {
      const peerId = `v${action.peer}`;
      if (action.kind === 'offer') world.offer(peerId, action.pieces);
      else if (action.kind === 'claim') world.announce(peerId, shareId, VOLUNTEER, action.pieces);
      else if (action.kind === 'obey') this.#obey(peerId);
      else if (action.kind === 'leave') registry.leave(peerId, shareId);
      else if (action.kind === 'withdraw') {
        // It was declined as a volunteer, which it is no more.
        this.declined.delete(peerId);
        registry.withdraw(peerId);
      } else if (action.kind === 'decline') {
        if (registry.copies.isVolunteer(peerId)) this.declined.add(peerId);
        registry.copies.decline(peerId, shareId);
      } else if (action.kind === 'unload') registry.copies.unload(peerId, world.pieceBytes);
      else if (action.kind === 'distrust') {
        if (registry.isInSwarm(peerId, shareId)) this.distrusted.add(peerId);
        const accuser = { peerId: SHARER, address: '', isSharer: true };
        registry.copies.distrust(shareId, accuser, peerId);
      }
    }
  }

  #obey(peerId: string): void {
    for (const order of this.orders) if (order.peerId === peerId) this.world.obey(order);
    this.orders = this.orders.filter((order) => order.peerId !== peerId);
  }

  /** From the books' answers to anybody who asks. */
  countCopies(): number[] {
    const found = this.world.registry.find('stranger', this.shareId)?.peers ?? [];
    return this.world
      .allPieces()
      .map(
        (piece) =>
          found.filter(
            ({ peerId, bitfield }) =>
              peerId !== SHARER &&
              !this.distrusted.has(peerId) &&
              ((bitfield[piece >> 3] ?? 0) & (0x80 >> (piece & 7))) !== 0,
          ).length,
      );
  }
}

test('whatever happens, copies are counted right, and nobody is asked for too much or for the wrong', async () => {
  const header = await CopyWorld.create(12, createRandom(1));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 50 }), fc.nat(), async (steps, seed) => {
      const world = header.copyEmpty(createRandom(seed));
      const shareId = world.shareAt(1);
      world.share(SHARER, shareId, 2);
      const play = new Play(world, shareId);
      for (const action of steps) {
        play.apply(action);
        expect(world.registry.copies.copiesOf(shareId)).toEqual(play.countCopies());
        const before = play.countCopies();
        const orders = world.plan();
        expectSound(play, before, orders);
        play.orders = [...play.orders, ...orders];
        const { promisedPieces, volunteerBytes } = world.registry.copies.counts();
        expect(promisedPieces).toBeGreaterThanOrEqual(0);
        expect(volunteerBytes).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 300 },
  );
});

function expectSound(play: Play, copies: readonly number[], orders: readonly Order[]): void {
  const { world, shareId } = play;
  const replication = world.registry.copies.replicationOf(shareId);
  const planned = [...copies];
  for (const order of orders) {
    expect(play.distrusted.has(order.peerId) || play.declined.has(order.peerId)).toBe(false);
    expect(world.registry.copies.isVolunteer(order.peerId)).toBe(true);
    for (const piece of piecesOf([order])) planned[piece] = (planned[piece] ?? 0) + 1;
  }
  const ordered = new Set(piecesOf(orders));
  for (const piece of ordered) expect(planned[piece]).toBeLessThanOrEqual(replication?.wanted ?? 0);
  for (const volunteer of replication?.volunteers ?? []) {
    expect(volunteer.batches.size).toBeLessThanOrEqual(2);
    if (orders.some(({ peerId }) => peerId === volunteer.peerId)) {
      expect(volunteer.roomBytes).toBeGreaterThanOrEqual(0);
    }
    for (const batch of volunteer.batches) {
      const found = world.registry.find('stranger', shareId)?.peers ?? [];
      const own = found.find(({ peerId }) => peerId === volunteer.peerId)?.bitfield;
      for (const piece of batch.pieces) {
        expect(((own?.[piece >> 3] ?? 0) & (0x80 >> (piece & 7))) !== 0).toBe(false);
      }
    }
  }
}
