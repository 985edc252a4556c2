import { describe, expect, test } from 'vitest';

import { formatShareId } from '../../shared/share/share-id.ts';
import { Bitfield } from '../../shared/wire/bitfield.ts';
import { pickPeers } from './pick-peers.ts';
import { Swarm } from './swarm.ts';

const MEMBER = { role: 'member' } as const;
const PIECE_COUNT = 40;
const SHARE = formatShareId(new Uint8Array(16));

function createSwarm(): Swarm {
  return new Swarm(SHARE, { bytes: new Uint8Array(1), pieceCount: PIECE_COUNT });
}

function firstPieces(count: number): Bitfield {
  return Bitfield.of(
    PIECE_COUNT,
    Array.from({ length: count }, (_, piece) => piece),
  );
}

/** A small linear congruential generator: the same numbers in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function fill(swarm: Swarm, held: readonly number[]): void {
  for (const [i, count] of held.entries()) swarm.add(`peer-${i}`, MEMBER, firstPieces(count), 0);
}

describe('pickPeers', () => {
  test('everybody else is picked where that is few enough, and never the asker', () => {
    const swarm = createSwarm();
    fill(swarm, [0, 5, 40]);
    const asker = swarm.add('asker', MEMBER, firstPieces(1), 0);
    const picked = pickPeers(swarm, asker, 30, createRandom(1));
    expect(picked.map(({ peerId }) => peerId).toSorted()).toEqual(['peer-0', 'peer-1', 'peer-2']);
  });

  test('T7: two thirds are those with the most pieces that the asker lacks, the rest are others', () => {
    const swarm = createSwarm();
    fill(swarm, [...Array.from({ length: 20 }, () => 40), ...Array.from({ length: 60 }, () => 5)]);
    const asker = swarm.add('asker', MEMBER, firstPieces(5), 0);
    const picked = pickPeers(swarm, asker, 30, createRandom(2));
    expect(picked).toHaveLength(30);
    expect(new Set(picked).size).toBe(30);
    expect(picked.filter(({ bitfield }) => bitfield.isFull)).toHaveLength(20);
  });

  test('T7: a seeder is given those that lack the most', () => {
    const swarm = createSwarm();
    fill(swarm, [...Array.from({ length: 20 }, () => 0), ...Array.from({ length: 60 }, () => 40)]);
    const asker = swarm.add('asker', MEMBER, firstPieces(40), 0);
    const picked = pickPeers(swarm, asker, 30, createRandom(3));
    expect(picked.filter(({ bitfield }) => bitfield.count === 0)).toHaveLength(20);
  });

  test('over many answers every peer of a large swarm is used', () => {
    const swarm = createSwarm();
    fill(
      swarm,
      Array.from({ length: 500 }, (_, i) => (i === 0 ? 0 : 40)),
    );
    const random = createRandom(4);
    const seen = new Set<string>();
    for (let round = 0; round < 300; round += 1) {
      for (const { peerId } of pickPeers(swarm, undefined, 30, random)) seen.add(peerId);
    }
    expect(seen.size).toBe(500);
  });
});
