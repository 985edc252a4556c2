import { expect, test } from 'vitest';
import { Bitfield } from '../wire/bitfield.ts';
import { PROMISE_TIMEOUT_MS } from './limits.ts';
import { SwarmDriver, messagesTo } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 64;
const EVERYTHING = [...Array(PIECE_COUNT).keys()];
const ALL_BUT_ONE = EVERYTHING.slice(1);
const TICK_MS = 500;

/** What the sharer has shown to a peer. */
function shownTo(peerId: string, driver: SwarmDriver): readonly number[] {
  const shown = new Set<number>();
  for (const message of messagesTo(peerId, driver.effects)) {
    if (message.type === 'have') for (const piece of message.pieces) shown.add(piece);
    if (message.type !== 'bitfield') continue;
    const claim = Bitfield.fromBytes(message.bitfield, PIECE_COUNT);
    for (const piece of claim?.pieces() ?? []) shown.add(piece);
  }
  return [...shown];
}

/** Each receiver takes at once what the sharer shows it, and gets nothing from anybody else. */
function passTime(driver: SwarmDriver, receivers: readonly string[], durationMs: number): void {
  for (let passedMs = 0; passedMs < durationMs; passedMs += TICK_MS) {
    driver.tick(TICK_MS);
    for (const peerId of receivers) {
      for (const piece of shownTo(peerId, driver))
        driver.hear(peerId, { type: 'have', pieces: [piece] });
    }
  }
}

function createSharer(): SwarmDriver {
  return new SwarmDriver({ pieceCount: PIECE_COUNT, held: EVERYTHING, role: 'sharer' });
}

test('E9: two that claim nearly everything and take nothing keep no piece from the others', () => {
  const driver = createSharer();
  for (const liar of ['liar', 'accomplice']) driver.connect(liar, ALL_BUT_ONE);
  const receivers = ['a', 'b', 'c'];
  for (const peerId of receivers) driver.connect(peerId, []);
  passTime(driver, receivers, 60_000);
  const counts = receivers.map((peerId) => shownTo(peerId, driver).length);
  expect(counts).toEqual(receivers.map(() => PIECE_COUNT));
});

test('E9: who asks for everything again and again keeps nothing from the others', () => {
  const driver = createSharer();
  driver.connect('greedy', []);
  for (const piece of EVERYTHING) driver.hear('greedy', { type: 'request', piece, block: 0 });
  expect(shownTo('greedy', driver)).toHaveLength(PIECE_COUNT);
  driver.connect('a', []);
  passTime(driver, ['a'], PROMISE_TIMEOUT_MS - TICK_MS);
  expect(shownTo('a', driver).length).toBeGreaterThan(PIECE_COUNT / 8);
});
