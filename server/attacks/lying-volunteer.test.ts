import { expect, test } from 'vitest';

import { CopyWorld, createRandom, piecesOf } from '../copies/copy-world.test-helper.ts';

const PIECE_COUNT = 12;
const SHARES = 1000;
const OFFERED_PIECES = 100;
const VOLUNTEER = { role: 'volunteer' } as const;

function signedWord(peerId: string) {
  return { peerId, address: '192.0.2.1', isSharer: true };
}

async function createSharedWorld(): Promise<CopyWorld> {
  const world = await CopyWorld.create(PIECE_COUNT, createRandom(1));
  for (let i = 0; i < SHARES; i += 1) world.share(`sharer ${i}`, world.shareAt(i), 1);
  return world;
}

test('case T27; T29: a volunteer that claims every piece of 1,000 swarms is booked for what it offered', async () => {
  const world = await createSharedWorld();
  world.offer('liar', OFFERED_PIECES);
  const outcomes = Array.from({ length: SHARES }, (_, i) =>
    world.announce('liar', world.shareAt(i), VOLUNTEER, world.allPieces()),
  );
  const booked = Math.floor(OFFERED_PIECES / PIECE_COUNT);
  expect(outcomes.filter((outcome) => outcome === 'announced')).toHaveLength(booked);
  expect(outcomes.filter((outcome) => outcome === 'over-budget')).toHaveLength(SHARES - booked);
  expect(world.registry.copies.counts().volunteerPieces).toBe(booked * PIECE_COUNT);
});

test('case T27; T13: one that offers a terabyte is in 32 swarms', async () => {
  const world = await createSharedWorld();
  world.offer('liar', 2 ** 40 / world.pieceBytes);
  const outcomes = Array.from({ length: SHARES }, (_, i) =>
    world.announce('liar', world.shareAt(i), VOLUNTEER, world.allPieces()),
  );
  expect(outcomes.filter((outcome) => outcome === 'announced')).toHaveLength(32);
  expect(outcomes.filter((outcome) => outcome === 'too-many-swarms')).toHaveLength(SHARES - 32);
});

test('case T27; T32: where audits fail its copies count no more and are made by others', async () => {
  const world = await createSharedWorld();
  const { copies } = world.registry;
  const shareId = world.shareAt(0);
  for (let i = 1; i < SHARES; i += 1) {
    copies.setTarget(world.shareAt(i), { copies: 0, serial: 2 }, new Uint8Array(69));
  }
  world.offer('liar', OFFERED_PIECES);
  world.announce('liar', shareId, VOLUNTEER, world.allPieces());
  world.offer('honest', OFFERED_PIECES);
  expect(world.plan()).toEqual([]);
  copies.distrust(shareId, signedWord('sharer 0'), 'liar');
  expect(new Set(copies.copiesOf(shareId))).toEqual(new Set([0]));
  const orders = world.plan();
  expect(new Set(orders.map(({ peerId }) => peerId))).toEqual(new Set(['honest']));
  expect(piecesOf(orders)).toHaveLength(PIECE_COUNT);
  world.registry.leave('liar', shareId);
  world.announce('liar', shareId, VOLUNTEER, world.allPieces());
  expect(new Set(copies.copiesOf(shareId))).toEqual(new Set([0]));
});
