import { expect, test } from 'vitest';
import { PIECE_STATE } from './piece-states.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const { unavailable, available, fetching, held, unwanted } = PIECE_STATE;

function statesOf({ swarm }: SwarmDriver): readonly number[] {
  return [...swarm.pieceStates()];
}

test('a missing piece is there to be had once a connected peer offers it, and no longer when that leaves', () => {
  const driver = new SwarmDriver({ pieceCount: 4, held: [0] });
  expect(statesOf(driver)).toEqual([held, unavailable, unavailable, unavailable]);
  driver.connect('a', [2]);
  // Asked for at once: nothing else is to be had.
  expect(statesOf(driver)).toEqual([held, unavailable, fetching, unavailable]);
  driver.tell({ type: 'peer-disconnected', peerId: 'a' });
  expect(statesOf(driver)).toEqual([held, unavailable, unavailable, unavailable]);
});

test('a piece is being fetched from the first request until it is verified', () => {
  const driver = new SwarmDriver({ pieceCount: 40, pieceSize: 4 * 1024 * 1024 });
  driver.connect('a', [...Array(40).keys()]);
  const first = statesOf(driver).indexOf(fetching);
  expect(statesOf(driver).filter((state) => state === fetching)).toHaveLength(1);
  expect(statesOf(driver).filter((state) => state === available)).toHaveLength(39);
  driver.piece('a', first);
  expect(statesOf(driver)[first]).toBe(fetching);
  driver.tell({ type: 'piece-verified', peerId: 'a', piece: first });
  expect(statesOf(driver)[first]).toBe(held);
});

test('what a volunteer was not told to hold is not missing', () => {
  const driver = new SwarmDriver({ pieceCount: 3, held: [0], role: 'volunteer' });
  driver.tell({ type: 'pieces-wanted', pieces: [1] });
  expect(statesOf(driver)).toEqual([held, unavailable, unwanted]);
});
