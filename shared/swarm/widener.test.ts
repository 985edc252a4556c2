import { describe, expect, test } from 'vitest';
import type { PeerId } from './ports/tracker-client.ts';
import { computeBlockLayout } from '../wire/blocks.ts';
import { MIN_SEND_MARK_BYTES } from './limits.ts';
import { blocksTo, SwarmDriver } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 400;
const ALL = Array.from({ length: PIECE_COUNT }, (_, piece) => piece);
const KIB = 1024;

/** Every source answers one request each half second, for so long. */
function run(driver: SwarmDriver, sources: readonly PeerId[], seconds: number): void {
  const answered = new Map(sources.map((source) => [source, 0]));
  for (let i = 0; i < seconds * 2; i += 1) {
    driver.tick(500);
    for (const source of sources) {
      const next = answered.get(source) ?? 0;
      const [piece = 0, block = 0] = (driver.requestsTo(source)[next] ?? '').split('/').map(Number);
      answered.set(source, next + 1);
      driver.block(source, piece, block);
      if (block === 1) driver.tell({ type: 'piece-verified', peerId: source, piece });
    }
  }
}

/** Blocks asked of `a` and not answered. */
function countOutstanding({ snapshot, geometry }: SwarmDriver): number {
  const { blockLength } = computeBlockLayout(geometry, 0);
  const [{ outstandingBytes } = { outstandingBytes: 0 }] = snapshot.peers;
  return Math.round(outstandingBytes / blockLength);
}

function widened({ effects }: SwarmDriver): readonly string[] {
  return effects.flatMap((effect) =>
    effect.type === 'widen' ? [`${effect.peerId} ${effect.strands}`] : [],
  );
}

describe('E31: more connections to one source', () => {
  test.each([
    { names: ['a'], expected: ['a 2'] },
    { names: ['a', 'b'], expected: ['a 2', 'b 2'] },
    { names: ['a', 'b', 'c'], expected: [] },
  ])('are tried where few are connected: $names', ({ names, expected }) => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    for (const name of names) driver.connect(name, ALL);
    run(driver, names, 10);
    expect(widened(driver).toSorted()).toEqual(expected);
  });

  test('are not tried beside others that wait for the same', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', ALL);
    driver.connect('b', []);
    driver.connect('c', []);
    run(driver, ['a'], 10);
    expect(widened(driver)).toEqual([]);
  });

  test('are not tried by who sends alone', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: ALL });
    driver.connect('a', []);
    driver.hear('a', { type: 'request', piece: 0, block: 0 });
    for (let i = 0; i < 12; i += 1) driver.tick(500);
    expect(widened(driver)).toEqual([]);
  });

  test('have 64 KiB each under way while they are tried', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', ALL);
    run(driver, ['a'], 12);
    expect(widened(driver)).toEqual(['a 2']);
    expect(countOutstanding(driver)).toBe(1);
    driver.tell({ type: 'strands', peerId: 'a', count: 2 });
    run(driver, ['a'], 1);
    expect(countOutstanding(driver)).toBe(4);
  });

  test('have no more under way than one connection where nobody asked for them here', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', ALL);
    driver.tell({ type: 'strands', peerId: 'a', count: 4 });
    run(driver, ['a'], 5);
    expect(countOutstanding(driver)).toBe(1);
  });

  test('are not tried any more with a browser that they ended with twice', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    for (const [i, expected] of [1, 2, 2, 2].entries()) {
      const peerId = `a${i}`;
      driver.connect(peerId, ALL, 'a-identity');
      run(driver, [peerId], 20);
      expect(widened(driver)).toHaveLength(expected);
      driver.tell({ type: 'strands', peerId, count: 2 });
      driver.tell({ type: 'peer-disconnected', peerId });
    }
  });

  test('are tried again with a browser that we left ourselves', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    for (const [i, expected] of [1, 2, 3].entries()) {
      const peerId = `a${i}`;
      driver.connect(peerId, ALL, 'a-identity');
      run(driver, [peerId], 20);
      expect(widened(driver)).toHaveLength(expected);
      driver.tell({ type: 'strands', peerId, count: 2 });
      driver.hear(peerId, { type: 'have', pieces: [PIECE_COUNT] });
      expect(driver.peerIds).toEqual([]);
    }
  });

  test('E11: are handed 128 KiB each, and no more on a slow way', () => {
    const blockBytes = 32 * KIB;
    for (const strands of [1, 4]) {
      const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: ALL });
      driver.connect('a', []);
      driver.tell({ type: 'strands', peerId: 'a', count: strands });
      for (const piece of ALL.slice(0, 20)) {
        for (const block of [0, 1]) driver.hear('a', { type: 'request', piece, block });
      }
      const handed = blocksTo('a', driver.effects).length;
      expect(handed).toBe(Math.floor((strands * MIN_SEND_MARK_BYTES) / blockBytes));
    }
  });
});
