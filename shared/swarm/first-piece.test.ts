import { describe, expect, test } from 'vitest';
import { FIRST_PIECE_PATIENCE_MS, TICK_MS } from './limits.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 16;

/** Two sources, each with pieces of its own, and so many neighbours that have nothing. */
function createNewcomer(emptyCount: number, held: readonly number[] = []): SwarmDriver {
  const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held });
  for (let i = 0; i < emptyCount; i += 1) driver.connect(`empty-${i}`, []);
  driver.connect('a', [0, 1]);
  driver.connect('b', [2, 3]);
  return driver;
}

const countsOf = (driver: SwarmDriver): readonly number[] =>
  ['a', 'b'].map((peerId) => driver.requestsTo(peerId).length);

describe('the first piece', () => {
  test('E26: where most have nothing one source is asked for one piece, and the others once it is there', () => {
    const driver = createNewcomer(3);
    expect(countsOf(driver)).toEqual([2, 0]);
    const piece = Number(driver.requestsTo('a')[0]?.split('/')[0]);
    driver.piece('a', piece);
    driver.tell({ type: 'piece-verified', peerId: 'a', piece });
    expect(countsOf(driver)[1]).toBe(2);
  });

  test('E26: where half have something, or where something is held, all sources are asked', () => {
    expect(countsOf(createNewcomer(2))).toEqual([2, 2]);
    expect(countsOf(createNewcomer(3, [9]))).toEqual([2, 2]);
  });

  test('E26: a source that sends is waited for, a silent one is not', () => {
    const driver = createNewcomer(3);
    const piece = Number(driver.requestsTo('a')[0]?.split('/')[0]);
    driver.nowMs = TICK_MS - FIRST_PIECE_PATIENCE_MS;
    driver.block('a', piece, 0);
    driver.tick(FIRST_PIECE_PATIENCE_MS);
    expect(countsOf(driver)[1]).toBe(0);
    driver.tick(1);
    expect(countsOf(driver)[1]).toBe(2);
  });

  test('E26: where the source is busy another is asked at once', () => {
    const driver = createNewcomer(3);
    const piece = Number(driver.requestsTo('a')[0]?.split('/')[0]);
    driver.hear('a', { type: 'busy', piece, block: 0, retryAfterMs: 200 });
    expect(countsOf(driver)[1]).toBe(2);
  });
});
