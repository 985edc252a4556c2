import { expect, test } from 'vitest';
import { SwarmDriver, blocksTo } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 100;
const BLOCK_BYTES = 32_808;
const STEP_MS = 10;

/** Lets so much time pass over a channel that takes everything at once, and returns the bytes that left. */
function passTime(driver: SwarmDriver, durationMs: number): number {
  let sentBytes = 0;
  for (let passedMs = 0; passedMs < durationMs; passedMs += STEP_MS) {
    let effects = driver.tick(STEP_MS);
    // One block more leaves for each that has left.
    for (let i = 0; i < 2 * PIECE_COUNT; i += 1) {
      const [block] = blocksTo('a', effects);
      if (block === undefined) break;
      sentBytes += BLOCK_BYTES;
      const sent = { ...block, type: 'block-sent' as const, byteLength: BLOCK_BYTES };
      effects = driver.tell({ ...sent, bufferedBytes: 0 });
    }
  }
  return sentBytes;
}

function createLoadedDriver(bytesPerSecond: number | undefined): SwarmDriver {
  const held = [...Array(PIECE_COUNT).keys()];
  const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held });
  driver.tell({ type: 'limit-upload', bytesPerSecond });
  driver.connect('a', [0]);
  for (const piece of held) {
    for (const block of [0, 1]) driver.hear('a', { type: 'request', piece, block });
  }
  return driver;
}

test('E25: under a limit no more leaves than that a second, and hardly less', () => {
  const driver = createLoadedDriver(100_000);
  const queuedBefore = driver.snapshot.peers[0]?.queuedRequests ?? 0;
  expect(queuedBefore).toBeGreaterThan(0);
  const sentBytes = passTime(driver, 10_000);
  expect(sentBytes).toBeGreaterThan(900_000);
  expect(sentBytes).toBeLessThan(1_000_000 + 2 * BLOCK_BYTES);
  const effects = driver.tell({ type: 'limit-upload', bytesPerSecond: undefined });
  expect(blocksTo('a', effects).length).toBeGreaterThan(1);
});

test('E25: whoever would send but for the limit is held back, whoever has nothing to send is not', () => {
  const driver = createLoadedDriver(100_000);
  expect(driver.snapshot.isUploadHeldBack).toBe(true);
  passTime(driver, 1_000);
  expect(driver.snapshot.isUploadHeldBack).toBe(true);
  driver.tell({ type: 'peer-disconnected', peerId: 'a' });
  driver.tick(STEP_MS);
  expect(driver.snapshot.isUploadHeldBack).toBe(false);
});
