import { describe, expect, test } from 'vitest';
import type { SwarmMessage } from '../wire/messages.ts';
import { Bitfield } from '../wire/bitfield.ts';
import {
  MAX_PROMISE_TURNS,
  MIN_REVEALED_PIECES,
  MIN_SUPER_SEEDING_PIECES,
  PROMISE_TIMEOUT_MS,
} from './limits.ts';
import { SwarmDriver, messagesTo } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 64;
const EVERYTHING = [...Array(PIECE_COUNT).keys()];

function createSharer(pieceCount = PIECE_COUNT): SwarmDriver {
  return new SwarmDriver({ pieceCount, held: [...Array(pieceCount).keys()], role: 'sharer' });
}

/** Pieces that a peer has been shown, by bitfield or have. */
function revealedTo(peerId: string, driver: SwarmDriver): ReadonlySet<number> {
  const revealed = new Set<number>();
  for (const message of messagesTo(peerId, driver.effects)) readClaim(message, revealed);
  return revealed;
}

function readClaim(message: SwarmMessage, revealed: Set<number>): void {
  if (message.type === 'have') for (const piece of message.pieces) revealed.add(piece);
  if (message.type !== 'bitfield') return;
  const claim = Bitfield.fromBytes(message.bitfield, PIECE_COUNT);
  for (const piece of claim?.pieces() ?? []) revealed.add(piece);
}

/** Takes all that is shown to the peer, until no more is. */
function takeAll(peerId: string, driver: SwarmDriver): void {
  const taken = new Set<number>();
  for (let before = -1; before < taken.size;) {
    before = taken.size;
    for (const piece of revealedTo(peerId, driver)) {
      if (!taken.has(piece)) driver.hear(peerId, { type: 'have', pieces: [piece] });
      taken.add(piece);
    }
  }
}

describe('super-seeding', () => {
  test('E9: nothing is sent twice before everything was sent once', () => {
    const driver = createSharer();
    const peerIds = ['a', 'b', 'c', 'd'];
    for (const peerId of peerIds) driver.connect(peerId, []);
    const sent: number[] = [];
    const isSent = new Set<string>();
    while (new Set(sent).size < PIECE_COUNT) {
      const before = sent.length;
      for (const peerId of peerIds) {
        for (const piece of revealedTo(peerId, driver)) {
          if (isSent.has(`${peerId} ${piece}`)) continue;
          isSent.add(`${peerId} ${piece}`);
          sent.push(piece);
          driver.nowMs += 10;
          driver.hear(peerId, { type: 'have', pieces: [piece] });
          break;
        }
      }
      expect(sent.length).toBeGreaterThan(before);
    }
    expect(sent).toHaveLength(PIECE_COUNT);
    expect(driver.snapshot.isSuperSeeding).toBe(false);
  });

  test('E9: reveals each piece to one peer alone, and only so much ahead of what that peer shows', () => {
    const driver = createSharer();
    driver.connect('a', []);
    driver.connect('b', []);
    const toA = revealedTo('a', driver);
    const toB = revealedTo('b', driver);
    expect(toA.size).toBe(MIN_REVEALED_PIECES);
    expect(toB.size).toBe(MIN_REVEALED_PIECES);
    expect([...toA].filter((piece) => toB.has(piece))).toEqual([]);
  });

  test('reveals neighbours one after the other, in runs of 4 MiB that come in random order', () => {
    const driver = new SwarmDriver({
      pieceCount: 512,
      held: [...Array(512).keys()],
      role: 'sharer',
    });
    driver.connect('a', []);
    const order: number[] = [];
    for (let turn = 0; turn < 400; turn += 1) {
      const shown = messagesTo('a', driver.effects).flatMap((message) =>
        message.type === 'have' ? message.pieces : [],
      );
      const next = shown[order.length];
      if (next === undefined) break;
      order.push(next);
      driver.hear('a', { type: 'have', pieces: [next] });
    }
    const runs = order.slice(0, 384).map((piece) => Math.floor(piece / 64));
    for (let at = 0; at < 384; at += 64) {
      const first = (runs[at] ?? 0) * 64;
      expect(order.slice(at, at + 64)).toEqual(Array.from({ length: 64 }, (_, i) => first + i));
    }
    expect(runs).not.toEqual(runs.toSorted((a, b) => a - b));
  });

  test('E9: what a peer asks for beyond that is promised to nobody else meanwhile, as much again', () => {
    const driver = createSharer();
    driver.connect('a', []);
    const shown = revealedTo('a', driver);
    const asked = EVERYTHING.filter((piece) => !shown.has(piece)).slice(0, shown.size);
    for (const piece of asked) driver.hear('a', { type: 'request', piece, block: 0 });
    expect(asked.every((piece) => revealedTo('a', driver).has(piece))).toBe(true);
    driver.connect('b', []);
    for (let turn = 0; turn < PIECE_COUNT; turn += 1) takeAll('b', driver);
    expect(asked.filter((piece) => revealedTo('b', driver).has(piece))).toEqual([]);
    expect(revealedTo('b', driver).size).toBeGreaterThan(20);
  });

  test('what a peer had seen alone is revealed to another when it leaves', () => {
    const driver = createSharer(32);
    driver.connect('a', []);
    driver.connect('b', []);
    const toA = revealedTo('a', driver);
    takeAll('b', driver);
    driver.tell({ type: 'peer-disconnected', peerId: 'a' });
    driver.tick(500);
    expect([...toA].every((piece) => revealedTo('b', driver).has(piece))).toBe(true);
  });

  test('what a peer is slow to take is revealed to another after a while', () => {
    const driver = createSharer(32);
    driver.connect('slow', []);
    driver.connect('quick', []);
    const promised = revealedTo('slow', driver);
    takeAll('quick', driver);
    driver.tick(PROMISE_TIMEOUT_MS);
    expect([...promised].some((piece) => revealedTo('quick', driver).has(piece))).toBe(false);
    driver.tick(500);
    expect([...promised].every((piece) => revealedTo('quick', driver).has(piece))).toBe(true);
  });

  test('what waits for our own uplink is not taken for slow', () => {
    const driver = createSharer(32);
    for (const peerId of ['waiting', 'quick']) driver.connect(peerId, []);
    const promised = [...revealedTo('waiting', driver)];
    for (const piece of promised) {
      for (const block of [0, 1]) driver.hear('waiting', { type: 'request', piece, block });
    }
    takeAll('quick', driver);
    const [piece = 0] = promised;
    const name = { peerId: 'waiting', piece, block: 0, byteLength: 32_808 };
    for (let second = 0; second < 20; second += 1) {
      driver.nowMs += 1_000;
      driver.tell({ type: 'block-sent', ...name, bufferedBytes: 1_000_000 });
      driver.tell({ type: 'tick' });
    }
    expect(promised.some((other) => revealedTo('quick', driver).has(other))).toBe(false);
    driver.tick(60_000);
    expect(promised.some((other) => revealedTo('quick', driver).has(other))).toBe(true);
  });

  test('a peer that keeps its channel busy with other pieces is not waited for for ever', () => {
    const driver = createSharer(32);
    for (const peerId of ['busy', 'quick']) driver.connect(peerId, []);
    const promised = [...revealedTo('busy', driver)];
    takeAll('quick', driver);
    const isTakenOver = () => promised.some((piece) => revealedTo('quick', driver).has(piece));
    const [other = 0] = revealedTo('quick', driver);
    const name = { peerId: 'busy', piece: other, block: 0, byteLength: 32_808 };
    for (let turn = 0; turn < MAX_PROMISE_TURNS; turn += 1) {
      driver.nowMs += PROMISE_TIMEOUT_MS;
      driver.tell({ type: 'block-sent', ...name, bufferedBytes: 100_000 });
      driver.tell({ type: 'tick' });
    }
    expect(isTakenOver()).toBe(false);
    driver.tick(1);
    expect(isTakenOver()).toBe(true);
  });

  test('E9: ends for good, and shows everything, when others together hold everything', () => {
    const driver = createSharer();
    driver.connect('a', EVERYTHING.slice(0, 32));
    driver.connect('b', EVERYTHING.slice(32));
    expect(driver.snapshot.isSuperSeeding).toBe(false);
    expect(revealedTo('a', driver).size).toBe(PIECE_COUNT);
    driver.tell({ type: 'peer-disconnected', peerId: 'b' });
    driver.connect('c', []);
    expect(revealedTo('c', driver).size).toBe(PIECE_COUNT);
  });

  test('E1, E9: a sharer that lost a piece claims only what it holds, and gives all that it regained', () => {
    const driver = createSharer(32);
    driver.connect('a', []);
    const lost = EVERYTHING.find((piece) => !revealedTo('a', driver).has(piece)) ?? 0;
    driver.tell({ type: 'piece-lost', piece: lost });
    driver.connect('b', []);
    for (let i = 0; i < 32; i += 1) driver.tick(PROMISE_TIMEOUT_MS);
    expect(revealedTo('b', driver).has(lost)).toBe(false);
    driver.tell({ type: 'pieces-gained', pieces: [lost] });
    expect(revealedTo('b', driver).has(lost)).toBe(true);
    const effects = driver.hear('b', { type: 'request', piece: lost, block: 0 });
    expect(effects).toContainEqual({ type: 'send-block', peerId: 'b', piece: lost, block: 0 });
  });

  test('E9: a small share, or one that somebody else made, is seeded plainly', () => {
    expect(createSharer(MIN_SUPER_SEEDING_PIECES).snapshot.isSuperSeeding).toBe(true);
    expect(createSharer(MIN_SUPER_SEEDING_PIECES - 1).snapshot.isSuperSeeding).toBe(false);
    const other = new SwarmDriver({ pieceCount: PIECE_COUNT, held: EVERYTHING });
    expect(other.snapshot.isSuperSeeding).toBe(false);
  });
});
