import type { SwarmEffect } from './swarm-events.ts';
import { describe, expect, test } from 'vitest';
import { MAX_HAVE_PIECES } from '../wire/messages.ts';
import { MAX_UNTOLD_MS } from './limits.ts';
import { SwarmDriver, messagesTo } from './swarm-driver.test-helper.ts';

/** The pieces of each frame. */
function toldTo(peerId: string, effects: readonly SwarmEffect[]): readonly (readonly number[])[] {
  return messagesTo(peerId, effects).flatMap((message) =>
    message.type === 'have' ? [message.pieces] : [],
  );
}

function verify(driver: SwarmDriver, peerId: string, piece: number): readonly SwarmEffect[] {
  driver.piece(peerId, piece);
  return driver.tell({ type: 'piece-verified', peerId, piece });
}

function connectThree(): SwarmDriver {
  const driver = new SwarmDriver({ pieceCount: 3 });
  driver.connect('source', [0, 1, 2]);
  driver.connect('holder', [0, 1, 2]);
  driver.connect('lacks-two', [0, 1]);
  return driver;
}

describe('E33: what neighbours are told of our pieces', () => {
  test('who sent a piece and who lacks it hear of it at once, who holds it at the next look', () => {
    const driver = connectThree();
    driver.tick(MAX_UNTOLD_MS);
    const effects = verify(driver, 'source', 2);
    expect(toldTo('source', effects)).toEqual([[2]]);
    expect(toldTo('lacks-two', effects)).toEqual([[2]]);
    expect(toldTo('holder', effects)).toEqual([]);
    expect(toldTo('holder', driver.tick(MAX_UNTOLD_MS - 1))).toEqual([]);
    expect(toldTo('holder', driver.tick(1))).toEqual([[2]]);
    expect(toldTo('holder', driver.tick(MAX_UNTOLD_MS))).toEqual([]);
  });

  test('what waits is told with what does not', () => {
    const driver = connectThree();
    const first = verify(driver, 'source', 0);
    expect(toldTo('lacks-two', first)).toEqual([]);
    expect(toldTo('lacks-two', verify(driver, 'source', 2))).toEqual([[0, 2]]);
  });

  test('who has everything says so at once', () => {
    const driver = connectThree();
    verify(driver, 'source', 0);
    verify(driver, 'source', 1);
    expect(toldTo('holder', verify(driver, 'source', 2))).toEqual([[0, 1, 2]]);
  });

  test('a piece that was lost before it was told of is not told of', () => {
    const driver = connectThree();
    verify(driver, 'source', 0);
    driver.tell({ type: 'piece-lost', piece: 0 });
    expect(toldTo('holder', driver.tick(MAX_UNTOLD_MS))).toEqual([]);
  });

  test('no frame has more pieces than a frame may', () => {
    const pieceCount = 2 * MAX_HAVE_PIECES + 1;
    const driver = new SwarmDriver({ pieceCount });
    driver.connect('a', []);
    const pieces = [...Array(pieceCount).keys()];
    const effects = driver.tell({ type: 'pieces-gained', pieces });
    expect(toldTo('a', effects).map(({ length }) => length)).toEqual([64, 64, 1]);
    expect(toldTo('a', effects).flat()).toEqual(pieces);
  });

  test('a newcomer is told of no piece twice', () => {
    const driver = connectThree();
    verify(driver, 'source', 0);
    driver.connect('newcomer', [0]);
    expect(toldTo('newcomer', driver.tick(MAX_UNTOLD_MS))).toEqual([]);
  });
});
