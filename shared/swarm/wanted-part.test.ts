import { describe, expect, test } from 'vitest';
import { Bitfield } from '../wire/bitfield.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 32;
const EVERYTHING = [...Array(PIECE_COUNT).keys()];

/** Delivers and verifies everything that the peer is asked for, until it is asked for nothing more. */
function serveAll(driver: SwarmDriver, peerId: string): readonly number[] {
  const served = new Set<number>();
  for (;;) {
    const asked = driver.requestsTo(peerId).map((name) => Number(name.split('/')[0]));
    const piece = asked.find((other) => !served.has(other) && !driver.held.has(other));
    if (piece === undefined) return [...served].toSorted((a, b) => a - b);
    served.add(piece);
    driver.nowMs += 10;
    driver.piece(peerId, piece);
    driver.tell({ type: 'piece-verified', peerId, piece });
    driver.tell({ type: 'piece-stored', piece });
  }
}

function completions(driver: SwarmDriver): number {
  return driver.effects.filter(({ type }) => type === 'completed').length;
}

describe('a member that wants a part', () => {
  test('E28: fetches that and nothing else, and is complete with it, but no seeder', () => {
    const driver = new SwarmDriver({
      pieceCount: PIECE_COUNT,
      wanted: [
        [0, 1],
        [10, 12],
      ],
    });
    driver.connect('a', EVERYTHING);
    expect(driver.snapshot).toMatchObject({ isComplete: false, wantedBytes: 5 * 64 * 1024 });
    expect(serveAll(driver, 'a')).toEqual([0, 1, 10, 11, 12]);
    expect(completions(driver)).toBe(1);
    const { isComplete, isSeeder, wantedBytes, heldWantedBytes } = driver.snapshot;
    expect({ isComplete, isSeeder }).toEqual({ isComplete: true, isSeeder: false });
    expect(heldWantedBytes).toBe(wantedBytes);
  });

  test('E28: may want more later, and is complete again when that is here', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, wanted: [[0, 0]] });
    driver.connect('a', EVERYTHING);
    serveAll(driver, 'a');
    driver.tell({ type: 'want-only', ranges: [[0, 3]] });
    expect(driver.snapshot.isComplete).toBe(false);
    expect(serveAll(driver, 'a')).toEqual([1, 2, 3]);
    driver.tell({ type: 'want-only', ranges: [[0, PIECE_COUNT - 1]] });
    serveAll(driver, 'a');
    expect(driver.snapshot.isSeeder).toBe(true);
    expect(completions(driver)).toBe(3);
  });

  test('E28: may want less: nothing more is begun, and with what is held it may be complete', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', EVERYTHING);
    const [first = 0] = driver.requestsTo('a').map((name) => Number(name.split('/')[0]));
    driver.tell({ type: 'want-only', ranges: [[first, first]] });
    expect(serveAll(driver, 'a')).toEqual([first]);
    expect(completions(driver)).toBe(1);
    driver.tell({ type: 'want-only', ranges: [[20, 20]] });
    driver.tell({ type: 'want-only', ranges: [[first, first]] });
    expect(completions(driver)).toBe(2);
    expect(driver.held.has(first)).toBe(true);
  });

  test('E28: a lost piece that is no longer wanted is not fetched again', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, wanted: [[5, 5]] });
    driver.connect('a', EVERYTHING);
    serveAll(driver, 'a');
    driver.tell({ type: 'want-only', ranges: [[6, 6]] });
    driver.tell({ type: 'piece-lost', piece: 5 });
    driver.tick(500);
    expect(driver.requestsTo('a')).toEqual(['5/0', '5/1', '6/0', '6/1']);
  });

  test('E28: gives on what it holds', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, wanted: [[0, 0]] });
    driver.connect('a', [0]);
    serveAll(driver, 'a');
    driver.connect('b', []);
    const effects = driver.hear('b', { type: 'request', piece: 0, block: 0 });
    expect(effects).toContainEqual({ type: 'send-block', peerId: 'b', piece: 0, block: 0 });
  });

  test('E28: asks a sharer that shows it other pieces for what it wants', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, wanted: [[4, 5]] });
    const bitfield = Bitfield.full(PIECE_COUNT);
    driver.tell({ type: 'peers-found', peers: [{ peerId: 'sharer', role: 'member', bitfield }] });
    driver.connect('sharer', [20, 21]);
    expect(serveAll(driver, 'sharer')).toEqual([4, 5]);
    expect(driver.snapshot.isComplete).toBe(true);
  });

  test.each([
    ['E28: what it wants', { wanted: [[4, 5]] }, []],
    ['E27: its focus', {}, [[4, 5]]],
  ] as const)(
    'case P14; %s is asked of the sharer though another claims all and rejects all',
    (_, options, ranges) => {
      const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, ...options });
      const bitfield = Bitfield.full(PIECE_COUNT);
      driver.tell({ type: 'peers-found', peers: [{ peerId: 'sharer', role: 'member', bitfield }] });
      driver.connect('liar', EVERYTHING);
      driver.connect('sharer', []);
      driver.tell({ type: 'focus', ranges });
      let rejectedCount = 0;
      for (
        let asked = driver.requestsTo('liar');
        rejectedCount < asked.length;
        rejectedCount += 1
      ) {
        const [piece = 0, block = 0] = (asked[rejectedCount] ?? '').split('/').map(Number);
        driver.hear('liar', { type: 'reject', piece, block });
        asked = driver.requestsTo('liar');
      }
      expect(serveAll(driver, 'sharer')).toEqual([4, 5]);
    },
  );

  test('E9: who wants everything asks for nothing that it was not shown', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    const bitfield = Bitfield.full(PIECE_COUNT);
    driver.tell({ type: 'peers-found', peers: [{ peerId: 'sharer', role: 'member', bitfield }] });
    driver.connect('sharer', [20, 21]);
    expect(serveAll(driver, 'sharer')).toEqual([20, 21]);
  });
});
