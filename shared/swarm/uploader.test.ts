import { describe, expect, test } from 'vitest';
import type { SwarmEffect } from './swarm-events.ts';
import {
  MAX_CONNECTIONS,
  MAX_SEND_BUDGET_BYTES,
  MAX_SEND_MARK_BYTES,
  MIN_SEND_MARK_BYTES,
  STALLED_CHANNEL_MS,
  UNMOVED_MS,
  UNREAD_TIMEOUT_MS,
} from './limits.ts';
import { SwarmDriver, blocksTo, disconnectsIn, messagesTo } from './swarm-driver.test-helper.ts';

const BLOCK_BYTES = 32_808;
const PIECE_COUNT = 400;

function createSeeder(): SwarmDriver {
  return new SwarmDriver({ pieceCount: PIECE_COUNT, held: [...Array(PIECE_COUNT).keys()] });
}

function blocksIn(effects: readonly SwarmEffect[]) {
  return effects.filter((effect) => effect.type === 'send-block');
}

/** A host whose channels hand on whatever they are given, at once. */
function sendAll(driver: SwarmDriver, effects: readonly SwarmEffect[], limit: number) {
  const queue = blocksIn(effects);
  const sent: string[] = [];
  while (sent.length < limit) {
    const next = queue.shift();
    if (next === undefined) break;
    sent.push(next.peerId);
    const name = { peerId: next.peerId, piece: next.piece, block: next.block };
    queue.push(
      ...blocksIn(
        driver.tell({ type: 'block-sent', ...name, byteLength: BLOCK_BYTES, bufferedBytes: 0 }),
      ),
    );
  }
  return sent;
}

/** Connects a peer whose channel is full, to `bufferedBytes`, and does not move any more. */
function connectUnread(driver: SwarmDriver, peerId: string, bufferedBytes: number): void {
  driver.connect(peerId, []);
  for (let piece = 0; piece < 40; piece += 1) {
    driver.hear(peerId, { type: 'request', piece, block: 0 });
  }
  for (const handed of blocksIn(driver.effects).filter((block) => block.peerId === peerId)) {
    driver.tell({ ...handed, type: 'block-sent', byteLength: BLOCK_BYTES, bufferedBytes });
  }
}

describe('uploading', () => {
  test('E8: bytes are shared evenly among those who ask, whoever asked first or for more', () => {
    const driver = createSeeder();
    const effects: SwarmEffect[] = [];
    for (const [peerId, pieces] of [
      ['greedy', 200],
      ['modest', 40],
      ['late', 40],
    ] as const) {
      driver.connect(peerId, []);
      for (let piece = 0; piece < pieces; piece += 1) {
        effects.push(...driver.hear(peerId, { type: 'request', piece, block: 0 }));
      }
    }
    const sent = sendAll(driver, effects, 100);
    for (const peerId of ['greedy', 'modest', 'late']) {
      const count = sent.filter((name) => name === peerId).length;
      expect(count).toBeGreaterThanOrEqual(30);
      expect(count).toBeLessThanOrEqual(37);
    }
  });

  test('case P18; E4: a duplicate request is served once', () => {
    const driver = createSeeder();
    driver.connect('a', []);
    for (let i = 0; i < 20; i += 1) driver.hear('a', { type: 'request', piece: i, block: 0 });
    for (let i = 0; i < 20; i += 1) driver.hear('a', { type: 'request', piece: 19, block: 0 });
    const sent = sendAll(driver, driver.effects, 1_000);
    expect(sent).toHaveLength(20);
  });

  test('W6: a cancelled request is not served', () => {
    const driver = createSeeder();
    driver.connect('a', []);
    for (let i = 0; i < 20; i += 1) driver.hear('a', { type: 'request', piece: i, block: 0 });
    for (let i = 10; i < 20; i += 1) driver.hear('a', { type: 'cancel', piece: i, block: 0 });
    expect(sendAll(driver, driver.effects, 1_000)).toHaveLength(10);
  });

  test('E11: one channel holds no more than its mark and a block, until it says that it drained', () => {
    const driver = createSeeder();
    driver.connect('a', []);
    for (let piece = 0; piece < 100; piece += 1) {
      driver.hear('a', { type: 'request', piece, block: 0 });
    }
    let bufferedBytes = 0;
    for (let i = 0; i < 100; i += 1) {
      const handed = blocksIn(driver.effects)[i];
      if (handed === undefined) break;
      bufferedBytes += BLOCK_BYTES;
      const byteLength = BLOCK_BYTES;
      driver.tell({ ...handed, type: 'block-sent', byteLength, bufferedBytes });
    }
    expect(bufferedBytes).toBeGreaterThanOrEqual(MIN_SEND_MARK_BYTES);
    expect(bufferedBytes).toBeLessThanOrEqual(MAX_SEND_MARK_BYTES + BLOCK_BYTES);
    const before = blocksIn(driver.effects).length;
    expect(before).toBeLessThan(100);
    driver.tell({ type: 'drained', peerId: 'a', bufferedBytes: 0 });
    expect(blocksIn(driver.effects).length).toBeGreaterThan(before);
  });

  test('E11: all channels together hold no more than the budget and a block', () => {
    const driver = createSeeder();
    for (let i = 0; i < 30; i += 1) {
      const peerId = `p${i}`;
      driver.connect(peerId, []);
      for (let piece = 0; piece < 40; piece += 1) {
        driver.hear(peerId, { type: 'request', piece, block: 0 });
      }
      expect(driver.snapshot.sendPendingBytes).toBeLessThan(MAX_SEND_BUDGET_BYTES + BLOCK_BYTES);
    }
  });

  test('W6, E17: blocks that cannot be read are rejected, and those behind them are served', () => {
    const driver = createSeeder();
    driver.connect('a', []);
    for (let piece = 0; piece < 20; piece += 1) {
      driver.hear('a', { type: 'request', piece, block: 0 });
    }
    const handed = blocksIn(driver.effects);
    expect(handed.length).toBeLessThan(20);
    for (const block of handed) driver.tell({ ...block, type: 'block-unsent' });
    const rejects = messagesTo('a', driver.effects).filter(({ type }) => type === 'reject');
    expect(rejects).toHaveLength(handed.length);
    expect(blocksIn(driver.effects).length).toBeGreaterThan(handed.length);
  });

  test('E1, E17: everybody who waits for a piece that is lost is told', () => {
    const driver = createSeeder();
    driver.connect('a', []);
    for (let piece = 0; piece < 20; piece += 1) {
      driver.hear('a', { type: 'request', piece, block: 0 });
    }
    const effects = driver.tell({ type: 'piece-lost', piece: 19 });
    expect(messagesTo('a', effects)).toEqual([
      { type: 'reject', piece: 19, block: 0 },
      { type: 'lost', piece: 19 },
    ]);
  });

  test('E7: a receiver that takes nothing from its channel for long does not keep the budget', () => {
    const driver = createSeeder();
    driver.connect('a', []);
    driver.hear('a', { type: 'request', piece: 0, block: 0 });
    driver.tell({
      type: 'block-sent',
      peerId: 'a',
      piece: 0,
      block: 0,
      byteLength: BLOCK_BYTES,
      bufferedBytes: MAX_SEND_MARK_BYTES,
    });
    expect(disconnectsIn(driver.tick(UNREAD_TIMEOUT_MS))).toEqual([]);
    driver.tell({ type: 'drained', peerId: 'a', bufferedBytes: MAX_SEND_MARK_BYTES / 2 });
    expect(disconnectsIn(driver.tick(UNREAD_TIMEOUT_MS))).toEqual([]);
    expect(disconnectsIn(driver.tick(500))).toEqual(['a unresponsive']);
    expect(driver.snapshot.sendPendingBytes).toBe(0);
  });

  test('E11: receivers that stop reading keep the budget from the others for seconds only', () => {
    const driver = createSeeder();
    for (const peerId of ['a', 'b', 'c', 'd']) connectUnread(driver, peerId, MAX_SEND_MARK_BYTES);
    driver.nowMs += UNMOVED_MS;
    driver.connect('reader', []);
    driver.hear('reader', { type: 'request', piece: 0, block: 0 });
    expect(blocksTo('reader', driver.tick(STALLED_CHANNEL_MS - UNMOVED_MS))).toEqual([]);
    const effects = driver.tick(500);
    expect(blocksIn(effects).map(({ peerId }) => peerId)).toEqual(['reader']);
    expect(disconnectsIn(driver.effects)).toEqual([]);
  });

  test('E11: a channel that moves again counts in full only once it has emptied', () => {
    const driver = createSeeder();
    connectUnread(driver, 'a', MAX_SEND_MARK_BYTES);
    driver.tick(STALLED_CHANNEL_MS + 500);
    expect(driver.snapshot.sendPendingBytes).toBe(MIN_SEND_MARK_BYTES);
    driver.tell({ type: 'drained', peerId: 'a', bufferedBytes: MAX_SEND_MARK_BYTES / 2 });
    expect(driver.snapshot.sendPendingBytes).toBe(MIN_SEND_MARK_BYTES);
    const before = blocksIn(driver.effects).length;
    driver.tell({ type: 'drained', peerId: 'a', bufferedBytes: 0 });
    const handedBytes = (blocksIn(driver.effects).length - before) * BLOCK_BYTES;
    expect(handedBytes).toBeGreaterThanOrEqual(MIN_SEND_MARK_BYTES);
    expect(driver.snapshot.sendPendingBytes).toBe(handedBytes);
  });

  test('E11: even where every connection but one is stalled, that one is served', () => {
    const driver = createSeeder();
    for (let i = 1; i < MAX_CONNECTIONS; i += 1) {
      connectUnread(driver, `p${i}`, MAX_SEND_MARK_BYTES);
      driver.tick(STALLED_CHANNEL_MS / 2);
    }
    driver.tick(STALLED_CHANNEL_MS);
    driver.connect('reader', []);
    expect(disconnectsIn(driver.effects)).toEqual([]);
    const effects = driver.hear('reader', { type: 'request', piece: 0, block: 0 });
    expect(blocksTo('reader', effects)).toHaveLength(1);
  });

  test('E7, E11: sixteen receivers of a slow uplink are given no more while they wait, and none is dropped', () => {
    const driver = createSeeder();
    const bufferedBytes = MIN_SEND_MARK_BYTES + BLOCK_BYTES;
    for (let i = 0; i < 16; i += 1) connectUnread(driver, `p${i}`, bufferedBytes);
    const handed = blocksIn(driver.effects).length;
    for (let ms = 0; ms < UNREAD_TIMEOUT_MS; ms += 500) driver.tick(500);
    expect(disconnectsIn(driver.effects)).toEqual([]);
    expect(blocksIn(driver.effects)).toHaveLength(handed);
  });

  test('E7: a receiver that asks for nothing is left in peace', () => {
    const driver = createSeeder();
    driver.connect('a', []);
    expect(disconnectsIn(driver.tick(10 * UNREAD_TIMEOUT_MS))).toEqual([]);
  });
});
