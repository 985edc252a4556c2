import { describe, expect, test } from 'vitest';
import { computeSealedLength } from '../share/geometry.ts';
import { computeBlockLayout, computeBlockLength } from '../wire/blocks.ts';
import { MAX_PREPARED_BYTES, PREPARED_BYTES_PER_SECOND } from './limits.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const MIB = 1024 * 1024;
const PIECE_COUNT = 40;

function createSeeder(): SwarmDriver {
  const held = [...Array(PIECE_COUNT).keys()];
  const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, pieceSize: 4 * MIB, held });
  driver.connect('a', []);
  return driver;
}

function countPrepared({ effects }: SwarmDriver): number {
  return effects.filter(({ type }) => type === 'prepare-piece').length;
}

function request(driver: SwarmDriver, piece: number, block = 0): void {
  driver.hear('a', { type: 'request', piece, block });
}

function cancel(driver: SwarmDriver, piece: number): void {
  driver.hear('a', { type: 'cancel', piece, block: 0 });
}

/** As a host whose channel passes on at once whatever it was handed since. */
function sendAll(driver: SwarmDriver, since: number): void {
  for (let i = since; i < driver.effects.length; i += 1) {
    const effect = driver.effects[i];
    if (effect?.type !== 'send-block') continue;
    const layout = computeBlockLayout(driver.geometry, effect.piece);
    const byteLength = computeBlockLength(layout, effect.block);
    driver.tell({ ...effect, type: 'block-sent', byteLength, bufferedBytes: 0 });
  }
}

describe('case P18; E8: pieces that are read for a peer ahead of being sent', () => {
  test('are bounded, however many are asked for and cancelled', () => {
    const driver = createSeeder();
    // What was handed to the channel stays there, so that all else only waits.
    request(driver, 0);
    request(driver, 0, 1);
    driver.nowMs = 10_000;
    for (let i = 0; i < 10_000; i += 1) {
      const piece = 1 + (i % (PIECE_COUNT - 1));
      request(driver, piece);
      cancel(driver, piece);
    }
    const burst = Math.ceil(MAX_PREPARED_BYTES / computeSealedLength(driver.geometry, 1));
    expect(countPrepared(driver)).toBeLessThanOrEqual(burst);
    const before = countPrepared(driver);
    for (let second = 0; second < 60; second += 1) {
      driver.nowMs += 1_000;
      request(driver, 1 + (second % 30));
      cancel(driver, 1 + (second % 30));
    }
    const prepared = countPrepared(driver) - before;
    expect(prepared).toBeGreaterThan(0);
    expect(prepared).toBeLessThanOrEqual((60 * PREPARED_BYTES_PER_SECOND) / (4 * MIB));
  });

  test('are as many as it is sent, however fast', () => {
    const driver = createSeeder();
    const { blockCount } = computeBlockLayout(driver.geometry, 0);
    for (let piece = 0; piece < PIECE_COUNT; piece += 1) {
      const since = driver.effects.length;
      for (let block = 0; block < blockCount; block += 1) request(driver, piece, block);
      sendAll(driver, since);
      driver.nowMs += 10;
    }
    expect(countPrepared(driver)).toBe(PIECE_COUNT);
  });
});
