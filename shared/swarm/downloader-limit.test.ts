import { describe, expect, test } from 'vitest';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 200;
const EVERYTHING = [...Array(PIECE_COUNT).keys()];
/** Half a piece of 64 KiB with its seal. */
const BLOCK_BYTES = 32_808;

/** What is asked of the sources of an engine, and answered at once. */
class Sources {
  readonly #driver: SwarmDriver;
  #seenCount = 0;
  readonly receivedBytes = new Map<string, number>();

  constructor(driver: SwarmDriver) {
    this.#driver = driver;
  }

  /** Ticks come when the engine asked for them, or so much later. Returns the bytes that have come. */
  passTime(durationMs: number, lateMs = 0): number {
    const driver = this.#driver;
    const endMs = driver.nowMs + durationMs;
    const before = sum(this.receivedBytes);
    this.#answerAll();
    for (;;) {
      const wake = driver.effects.findLast((effect) => effect.type === 'wake');
      const atMs = Math.max(driver.nowMs, wake?.type === 'wake' ? wake.atMs : Infinity) + lateMs;
      if (atMs > endMs) break;
      driver.nowMs = atMs;
      driver.tell({ type: 'tick' });
      this.#answerAll();
    }
    driver.nowMs = endMs;
    return sum(this.receivedBytes) - before;
  }

  #answerAll(): void {
    const { effects } = this.#driver;
    for (; this.#seenCount < effects.length; this.#seenCount += 1) {
      const effect = effects[this.#seenCount];
      if (effect?.type === 'verify') {
        const { peerId, piece } = effect;
        this.#driver.tell({ type: 'piece-verified', peerId, piece });
        this.#driver.tell({ type: 'piece-stored', piece });
      } else if (effect?.type === 'send' && effect.message.type === 'request') {
        const { peerId, message } = effect;
        this.receivedBytes.set(peerId, (this.receivedBytes.get(peerId) ?? 0) + BLOCK_BYTES);
        this.#driver.block(peerId, message.piece, message.block);
      }
    }
  }
}

function sum(received: ReadonlyMap<string, number>): number {
  return [...received.values()].reduce((total, bytes) => total + bytes, 0);
}

function connectSeeders(driver: SwarmDriver, names: readonly string[]): void {
  for (const peerId of names) driver.connect(peerId, EVERYTHING);
}

function createLimited(bytesPerSecond: number, peerIds = ['a']) {
  const driver = new SwarmDriver({ pieceCount: PIECE_COUNT });
  driver.tell({ type: 'limit-download', bytesPerSecond });
  connectSeeders(driver, peerIds);
  return { driver, sources: new Sources(driver) };
}

describe('a limit to the download', () => {
  test('E29: over 5 s the average keeps within 5 %', () => {
    const { sources } = createLimited(500_000);
    sources.passTime(1_000);
    for (let window = 0; window < 3; window += 1) {
      const bytes = sources.passTime(5_000);
      expect(bytes).toBeGreaterThan(0.95 * 2_500_000);
      expect(bytes).toBeLessThan(1.05 * 2_500_000);
    }
  });

  test('E29: several sources take turns', () => {
    const { sources } = createLimited(500_000, ['a', 'b', 'c']);
    expect(sources.passTime(10_000)).toBeLessThan(1.05 * 5_000_000);
    for (const peerId of ['a', 'b', 'c']) {
      expect(sources.receivedBytes.get(peerId)).toBeGreaterThan(1_000_000);
    }
  });

  test('E29: a tab that is woken late makes up for it, and no more than that', () => {
    const { sources } = createLimited(500_000);
    const bytes = sources.passTime(20_000, 900);
    expect(bytes).toBeGreaterThan(0.9 * 10_000_000);
    expect(bytes).toBeLessThan(1.05 * 10_000_000);
  });

  test('E29: a limit that is set again and again gives nothing away', () => {
    const { driver, sources } = createLimited(400_000);
    let bytes = 0;
    for (let i = 0; i < 50; i += 1) {
      driver.tell({ type: 'limit-download', bytesPerSecond: i % 2 === 0 ? 400_001 : 400_000 });
      bytes += sources.passTime(100);
    }
    expect(bytes).toBeGreaterThan(0.9 * 2_000_000);
    expect(bytes).toBeLessThan(1.05 * 2_000_000 + BLOCK_BYTES);
  });

  test('E29: whoever would ask but for the limit is held back, whoever has nothing to ask is not', () => {
    const { driver, sources } = createLimited(10_000);
    expect(driver.snapshot.isDownloadHeldBack).toBe(true);
    sources.passTime(2_000);
    expect(driver.snapshot.isDownloadHeldBack).toBe(true);
    driver.tell({ type: 'peer-disconnected', peerId: 'a' });
    expect(driver.snapshot.isDownloadHeldBack).toBe(false);
  });

  test('E29: a lifted limit lets everything go on at once', () => {
    const { driver, sources } = createLimited(10_000);
    sources.passTime(2_000);
    const before = driver.requestsTo('a').length;
    driver.tell({ type: 'limit-download', bytesPerSecond: undefined });
    expect(driver.requestsTo('a').length).toBeGreaterThan(before);
    expect(driver.snapshot.peers[0]?.isSnubbed).toBe(false);
  });
});
