import { describe, expect, test } from 'vitest';
import type { SwarmEffect } from './swarm-events.ts';
import { Bitfield } from '../wire/bitfield.ts';
import {
  DIAL_TIMEOUT_MS,
  MAX_CONNECTIONS,
  MAX_DIALS_AT_ONCE,
  MAX_DIALS_PER_MINUTE,
  WANTED_CONNECTIONS,
} from './limits.ts';
import { SwarmDriver, disconnectsIn } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 8;

function find(driver: SwarmDriver, peerIds: readonly string[], hint = [0]): readonly SwarmEffect[] {
  const role = 'member';
  const bitfield = Bitfield.of(PIECE_COUNT, hint);
  return driver.tell({
    type: 'peers-found',
    peers: peerIds.map((peerId) => ({ peerId, bitfield, role })),
  });
}

function dialsIn(effects: readonly SwarmEffect[]): readonly string[] {
  return effects.flatMap((effect) => (effect.type === 'dial' ? [effect.peerId] : []));
}

function findsIn(effects: readonly SwarmEffect[]): number {
  return effects.filter(({ type }) => type === 'find').length;
}

const TRACKER_UP = { type: 'tracker-up' as const, announceIntervalMs: 600_000 };
const HUNDRED = Array.from({ length: 100 }, (_, i) => `p${i}`);

describe('dialling', () => {
  test('E10: dials no more at once than the limit, and connects to no more than are wanted', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    let dialing = [...dialsIn(find(driver, HUNDRED))];
    while (dialing.length > 0) {
      expect(driver.snapshot.dialingCount).toBeLessThanOrEqual(MAX_DIALS_AT_ONCE);
      const [next = '', ...rest] = dialing;
      const effects = driver.tell({
        type: 'peer-connected',
        peerId: next,
        identity: next,
        role: 'member',
      });
      dialing = [...rest, ...dialsIn([...effects, ...driver.tick(500)])];
    }
    expect(driver.peerIds).toHaveLength(WANTED_CONNECTIONS);
  });

  test('E10: begins no more dials in a minute than the limit, however many of them fail', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    let dialing = [...dialsIn(find(driver, HUNDRED))];
    let dialCount = dialing.length;
    while (dialing.length > 0) {
      const [next = '', ...rest] = dialing;
      const more = dialsIn(driver.tell({ type: 'peer-disconnected', peerId: next }));
      dialCount += more.length;
      dialing = [...rest, ...more];
    }
    expect(dialCount).toBe(MAX_DIALS_PER_MINUTE);
    expect(dialsIn(driver.tick(59_999))).toEqual([]);
    expect(dialsIn(driver.tick(1)).length).toBeGreaterThan(0);
  });

  test('E10: takes in no more than the limit', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    for (const peerId of HUNDRED.slice(0, MAX_CONNECTIONS)) driver.connect(peerId, []);
    const effects = driver.tell({
      type: 'peer-connected',
      peerId: 'late',
      identity: 'late',
      role: 'member',
    });
    expect(disconnectsIn(effects)).toEqual(['late too-many-peers']);
    expect(driver.peerIds).toHaveLength(MAX_CONNECTIONS);
  });

  test('a seeder that is full drops another seeder for somebody who needs it', () => {
    const everything = [...Array(PIECE_COUNT).keys()];
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: everything });
    driver.connect('seeder', everything);
    for (const peerId of HUNDRED.slice(0, MAX_CONNECTIONS - 1)) driver.connect(peerId, []);
    driver.connect('late', []);
    expect(disconnectsIn(driver.effects)).toEqual(['seeder too-many-peers']);
    expect(driver.peerIds).toContain('late');
  });

  test('E10: two seeders do not dial each other', () => {
    const everything = [...Array(PIECE_COUNT).keys()];
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: everything });
    expect(dialsIn(find(driver, ['seeder'], everything))).toEqual([]);
    expect(dialsIn(find(driver, ['leecher'], [0]))).toEqual(['leecher']);
  });

  test('a dial without an answer is given up in time', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    expect(driver.snapshot).toMatchObject({ dialingCount: 0, isConnecting: true });
    find(driver, ['a']);
    expect(disconnectsIn(driver.tick(DIAL_TIMEOUT_MS - 1))).toEqual([]);
    expect(driver.snapshot).toMatchObject({ dialingCount: 1, isConnecting: true });
    expect(disconnectsIn(driver.tick(1))).toEqual(['a dial-timeout']);
    expect(driver.snapshot).toMatchObject({ dialingCount: 0, isConnecting: false });
  });

  test('dials that fail in a row are counted, until one connection comes about', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    find(driver, ['a', 'b']);
    driver.tell({ type: 'peer-disconnected', peerId: 'a' });
    expect(driver.snapshot.failedDials).toBe(1);
    driver.tick(DIAL_TIMEOUT_MS);
    expect(driver.snapshot.failedDials).toBeGreaterThanOrEqual(2);
    driver.connect('c', []);
    expect(driver.snapshot.failedDials).toBe(0);
    driver.tell({ type: 'peer-disconnected', peerId: 'c' });
    expect(driver.snapshot.failedDials).toBe(0);
  });

  test('a failed dial is tried again with growing pauses, and not for ever', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    const dialedAtMs: number[] = [];
    let effects = find(driver, ['a']);
    while (driver.nowMs < 300_000) {
      if (dialsIn(effects).length > 0) {
        dialedAtMs.push(driver.nowMs);
        driver.tell({ type: 'peer-disconnected', peerId: 'a' });
      }
      effects = driver.tick(100);
    }
    const pauses = dialedAtMs.slice(1).map((atMs, i) => atMs - (dialedAtMs[i] ?? 0));
    expect(pauses).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
  });

  test('a peer that hangs up on us at once is not dialled every two seconds', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    let dialCount = 0;
    let effects = find(driver, ['busy']);
    while (driver.nowMs < 60_000) {
      if (dialsIn(effects).length > 0) {
        dialCount += 1;
        driver.tell({ type: 'peer-connected', peerId: 'busy', identity: 'busy', role: 'member' });
        driver.tell({ type: 'peer-disconnected', peerId: 'busy' });
      }
      effects = driver.tick(100);
    }
    expect(dialCount).toBeLessThanOrEqual(6);
  });

  test('a connection that lasted and broke is made again soon', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    find(driver, ['a']);
    for (let i = 0; i < 10; i += 1) {
      driver.tell({ type: 'peer-connected', peerId: 'a', identity: 'a', role: 'member' });
      driver.tick(60_000);
      driver.tell({ type: 'peer-disconnected', peerId: 'a' });
      expect(dialsIn(driver.tick(1_999))).toEqual([]);
      expect(dialsIn(driver.tick(1))).toEqual(['a']);
    }
  });

  test('E16: a browser found under a second name is dialled by that name once its connection is lost', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.connect('old', [0], 'browser');
    driver.connect('new', [0], 'browser');
    expect(driver.peerIds).toEqual(['old']);
    driver.tick(60_000);
    expect(dialsIn(find(driver, ['new']))).toEqual([]);
    const lost = driver.tell({ type: 'peer-disconnected', peerId: 'old' });
    const dialled = [...dialsIn(lost), ...dialsIn(find(driver, ['new']))];
    expect(dialled).toEqual(['new']);
  });

  test('E10: a banned peer is not dialled again, however often the tracker names it', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('liar', [0]);
    driver.piece('liar', 0);
    driver.tell({ type: 'piece-refused', peerId: 'liar', piece: 0 });
    for (let i = 0; i < 20; i += 1) {
      const bitfield = Bitfield.full(1);
      const effects = driver.tell({
        type: 'peers-found',
        peers: [{ peerId: 'liar', bitfield, role: 'member' }],
      });
      expect(dialsIn([...effects, ...driver.tick(10_000)])).toEqual([]);
    }
  });
});

/** Finds within two minutes of ticks, the first one included. */
function countFinds(driver: SwarmDriver, eachTick: () => void): number {
  let finds = findsIn(driver.tell(TRACKER_UP));
  while (driver.nowMs < 120_000) {
    eachTick();
    finds += findsIn(driver.tick(500));
  }
  return finds;
}

test('T17: what the tracker says a peer holds is asked for only once the peer claims it', () => {
  const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
  const everything = [...Array(PIECE_COUNT).keys()];
  expect(dialsIn(find(driver, ['peer'], everything))).toEqual(['peer']);
  driver.connect('peer', []);
  driver.tick(500);
  expect(driver.requestsTo('peer')).toEqual([]);
  driver.hear('peer', { type: 'have', pieces: [3] });
  expect(driver.requestsTo('peer')).toEqual(['3/0', '3/1']);
});

describe('case S8; E10, E13: a tracker that was away', () => {
  test('meanwhile nobody is dialled, as nobody would hear of it', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.tell(TRACKER_UP);
    find(driver, ['source']);
    driver.connect('source', [0]);
    driver.tell({ type: 'tracker-down' });
    driver.tell({ type: 'peer-disconnected', peerId: 'source' });
    for (let i = 0; i < 20; i += 1) expect(dialsIn(driver.tick(5_000))).toEqual([]);
    expect(driver.snapshot.failedDials).toBe(0);
    driver.tell(TRACKER_UP);
    expect(dialsIn(find(driver, ['source']))).toEqual(['source']);
  });

  test('once it is there again a dial that was under way does not stand in the way of another', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    driver.tell(TRACKER_UP);
    expect(dialsIn(find(driver, ['source']))).toEqual(['source']);
    driver.tell({ type: 'tracker-down' });
    expect(driver.snapshot.dialingCount).toBe(1);
    expect(disconnectsIn(driver.tell(TRACKER_UP))).toEqual(['source dial-timeout']);
    expect(driver.snapshot).toMatchObject({ dialingCount: 0, failedDials: 0 });
    expect(dialsIn(find(driver, ['source']))).toEqual(['source']);
  });
});

describe('finding', () => {
  test('asks when the tracker is there, and not while it is away', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    expect(findsIn(driver.tick(60_000))).toBe(0);
    expect(findsIn(driver.tell(TRACKER_UP))).toBe(1);
    driver.tell({ type: 'tracker-down' });
    for (let i = 0; i < 100; i += 1) expect(findsIn(driver.tick(1_000))).toBe(0);
  });

  test('asks soon and then ever less while nobody gives anything, and seldom when content', () => {
    const hungry = new SwarmDriver({ pieceCount: PIECE_COUNT });
    const hungryFinds = countFinds(hungry, () => undefined);
    expect(hungryFinds).toBeGreaterThan(10);
    expect(hungryFinds).toBeLessThan(20);

    const fed = new SwarmDriver({ pieceCount: PIECE_COUNT, pieceSize: 4 * 1024 * 1024 });
    fed.connect('a', [...Array(PIECE_COUNT).keys()]);
    let answered = 0;
    const fedFinds = countFinds(fed, () => {
      const [piece, block] = (fed.requestsTo('a')[answered] ?? '').split('/').map(Number);
      answered += 1;
      fed.block('a', piece ?? 0, block ?? 0);
    });
    expect(fedFinds).toBeLessThanOrEqual(5);

    const seeder = new SwarmDriver({ pieceCount: 1, held: [0] });
    expect(countFinds(seeder, () => undefined)).toBe(1);
  });

  test('asks sooner when the last source is gone', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, pieceSize: 4 * 1024 * 1024 });
    driver.connect('a', [0]);
    driver.block('a', 0, 0);
    driver.tell(TRACKER_UP);
    driver.tell({ type: 'peer-disconnected', peerId: 'a' });
    expect(findsIn(driver.tick(1_000))).toBe(1);
  });

  test('E17: a seeder that turns out to lack a piece asks at once, and dials whom it knew as a seeder', () => {
    const everything = [...Array(PIECE_COUNT).keys()];
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: everything });
    driver.tell(TRACKER_UP);
    expect(dialsIn(find(driver, ['seeder'], everything))).toEqual([]);
    expect(dialsIn(driver.tell({ type: 'piece-lost', piece: 1 }))).toEqual(['seeder']);
    expect(findsIn(driver.tick(1_000))).toBe(1);
  });

  test('wakes itself in time for the next question', () => {
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
    let finds = 0;
    let effects = driver.tell(TRACKER_UP);
    for (let i = 0; i < 10; i += 1) {
      finds += findsIn(effects);
      const wakes = effects.flatMap((effect) => (effect.type === 'wake' ? [effect.atMs] : []));
      expect(wakes).toHaveLength(1);
      driver.nowMs = wakes[0] ?? 0;
      effects = driver.tell({ type: 'tick' });
    }
    expect(finds).toBeGreaterThanOrEqual(4);
    expect(driver.nowMs).toBeLessThan(60_000);
  });
});
