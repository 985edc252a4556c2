import { describe, expect, test } from 'vitest';
import type { KnownPeer } from './swarm-events.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { SwarmDriver, messagesTo } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 64;
const EVERYTHING = [...Array(PIECE_COUNT).keys()];

function piecesAskedOf(peerId: string, driver: SwarmDriver): readonly number[] {
  return [...new Set(driver.requestsTo(peerId).map((name) => Number(name.split('/')[0])))];
}

/** Delivers and verifies what the peer was asked for, oldest first, until it was asked for so many pieces. */
function serve(driver: SwarmDriver, peerId: string, pieceCount: number): readonly number[] {
  for (let served = 0; piecesAskedOf(peerId, driver).length < pieceCount; served += 1) {
    const piece = piecesAskedOf(peerId, driver)[served] ?? -1;
    deliver(driver, peerId, piece);
  }
  return piecesAskedOf(peerId, driver);
}

function deliver(driver: SwarmDriver, peerId: string, piece: number): void {
  driver.nowMs += 10;
  driver.piece(peerId, piece);
  driver.tell({ type: 'piece-verified', peerId, piece });
  driver.tell({ type: 'piece-stored', piece });
}

function seeder(peerId: string): KnownPeer {
  return { peerId, role: 'member', bitfield: Bitfield.full(PIECE_COUNT) };
}

describe('focus', () => {
  test('E27: the pieces of the focus come first, in its order, and then the others', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.tell({
      type: 'focus',
      ranges: [
        [40, 43],
        [7, 8],
      ],
    });
    driver.connect('a', EVERYTHING);
    const asked = serve(driver, 'a', PIECE_COUNT);
    expect(asked.slice(0, 6)).toEqual([40, 41, 42, 43, 7, 8]);
    expect(new Set(asked).size).toBe(PIECE_COUNT);
  });

  test('E27: another focus takes its place at once, and what is under way is not thrown away', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('a', EVERYTHING);
    driver.tell({ type: 'focus', ranges: [[10, 20]] });
    const before = serve(driver, 'a', 5).length;
    const effects = driver.tell({ type: 'focus', ranges: [[50, 52]] });
    expect(messagesTo('a', effects).map(({ type }) => type)).not.toContain('cancel');
    expect(serve(driver, 'a', before + 3).slice(before)).toEqual([50, 51, 52]);
    driver.tell({ type: 'focus', ranges: [[60, 63]] });
    driver.tell({ type: 'focus', ranges: [] });
    expect(serve(driver, 'a', before + 7).slice(-4)).not.toEqual([60, 61, 62, 63]);
  });

  test('E27: several sources share the focus, each piece from one of them', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.tell({ type: 'focus', ranges: [[30, 40]] });
    driver.connect('a', EVERYTHING);
    driver.connect('b', EVERYTHING);
    driver.connect('c', [33]);
    expect(driver.requestsTo('a')).toEqual(['30/0', '30/1']);
    // One that holds nothing waits for its first piece among many that hold nothing; these hold everything.
    expect(driver.requestsTo('b')).toEqual(['31/0', '31/1']);
    expect(driver.requestsTo('c')).toEqual(['33/0', '33/1']);
  });

  test('E27: whoever holds up the first piece is overtaken by one that is much faster, and told when it has come', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, pieceSize: 1024 * 1024 });
    driver.connect('slow', EVERYTHING);
    const [first = 0] = piecesAskedOf('slow', driver);
    driver.tell({ type: 'focus', ranges: [[first, first + 30]] });
    driver.connect('fast', EVERYTHING);
    // Nobody has shown how fast it is.
    expect(piecesAskedOf('fast', driver)).toEqual([first + 1]);
    driver.nowMs += 400;
    driver.block('slow', first, 0);
    for (let block = 0; driver.requestsTo('fast')[block] !== undefined; block += 1) {
      const [piece = 0, number = 0] = (driver.requestsTo('fast')[block] ?? '')
        .split('/')
        .map(Number);
      if (piece !== first + 1) break;
      driver.nowMs += 2;
      driver.block('fast', piece, number);
    }
    expect(piecesAskedOf('fast', driver)).toEqual([first + 1, first]);
    driver.nowMs += 10;
    driver.piece('fast', first);
    const effects = driver.tell({ type: 'piece-verified', peerId: 'fast', piece: first });
    expect(messagesTo('slow', effects)).toContainEqual(
      expect.objectContaining({ type: 'cancel', piece: first }),
    );
  });

  test('E27: what is not wanted otherwise is fetched for the focus, and looked for', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, role: 'volunteer' });
    driver.connect('a', EVERYTHING);
    expect(driver.requestsTo('a')).toEqual([]);
    driver.tell({ type: 'focus', ranges: [[9, 9]] });
    expect(driver.requestsTo('a')).toEqual(['9/0', '9/1']);
    deliver(driver, 'a', 9);
    expect(piecesAskedOf('a', driver)).toEqual([9]);
  });

  test('E27: a piece of the focus that was lost is fetched again', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.tell({ type: 'focus', ranges: [[3, 5]] });
    driver.connect('a', EVERYTHING);
    serve(driver, 'a', 4);
    const before = driver.requestsTo('a').length;
    driver.tell({ type: 'piece-lost', piece: 3 });
    while (driver.requestsTo('a').length === before) {
      deliver(driver, 'a', piecesAskedOf('a', driver).at(-1) ?? -1);
    }
    expect(driver.requestsTo('a')[before]).toBe('3/0');
  });

  test('E27: what nobody claims is asked of a peer that is said to have everything, until it refuses', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.tell({ type: 'tracker-up', announceIntervalMs: 60_000 });
    driver.tell({ type: 'peers-found', peers: [seeder('sharer')] });
    driver.connect('sharer', []);
    driver.connect('other', []);
    driver.tell({ type: 'focus', ranges: [[20, 21]] });
    expect(driver.requestsTo('other')).toEqual([]);
    expect(driver.requestsTo('sharer')).toEqual(['20/0', '20/1']);
    driver.hear('sharer', { type: 'reject', piece: 20, block: 0 });
    driver.tell({ type: 'peers-found', peers: [seeder('sharer')] });
    driver.tick(500);
    expect(driver.requestsTo('sharer')).toHaveLength(2);
  });

  test('E27: one that is connected before the tracker tells what it has is asked as well', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('sharer', []);
    driver.tell({ type: 'focus', ranges: [[20, 20]] });
    driver.tell({ type: 'peers-found', peers: [seeder('sharer')] });
    driver.tick(500);
    expect(driver.requestsTo('sharer')).toEqual(['20/0', '20/1']);
  });

  test('E27: what somebody claims is not asked of one that holds it back', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.tell({ type: 'peers-found', peers: [seeder('sharer')] });
    driver.connect('sharer', []);
    driver.connect('other', [20]);
    driver.tell({ type: 'focus', ranges: [[20, 20]] });
    expect(driver.requestsTo('sharer')).toEqual([]);
  });

  test('E9, E27: a sharer that super-seeds shows and serves what is asked for, though nobody was shown it', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: EVERYTHING, role: 'sharer' });
    driver.connect('a', []);
    const messages = messagesTo('a', driver.effects);
    const isShown = (piece: number) =>
      messages.some((message) => message.type === 'have' && message.pieces.includes(piece));
    const piece = EVERYTHING.find((other) => !isShown(other)) ?? -1;
    const effects = driver.hear('a', { type: 'request', piece, block: 0 });
    expect(messagesTo('a', effects)).toEqual([{ type: 'have', pieces: [piece] }]);
    expect(effects).toContainEqual({ type: 'send-block', peerId: 'a', piece, block: 0 });
    expect(driver.snapshot.isSuperSeeding).toBe(true);
    const again = driver.hear('a', { type: 'request', piece, block: 1 });
    expect(messagesTo('a', again)).toEqual([]);
  });
});
