import { describe, expect, test } from 'vitest';
import {
  INITIAL_WINDOW_BYTES,
  MAX_TARGET_QUEUE_BYTES,
  MAX_WINDOW_BYTES,
  TARGET_QUEUE_MS,
} from './limits.ts';
import { RequestWindow } from './request-window.ts';

const KIB = 1024;
const BLOCK_BYTES = 32 * KIB;

/** A source that sends at a rate, one block after the other, at the end of a path with a delay. */
class Link {
  readonly window: RequestWindow;
  readonly #blockBytes: number;
  /** When each outstanding block was asked for and will arrive, oldest first. */
  readonly #outstanding: { readonly askedAtMs: number; readonly arrivesAtMs: number }[] = [];
  bytesPerMs: number;
  roundTripMs: number;
  #sourceFreeAtMs = 0;
  nowMs = 0;

  /** Of a block that the window ends in, so much has to be in it. */
  readonly #leastPart: number;

  constructor(bytesPerMs: number, roundTripMs: number, blockBytes = BLOCK_BYTES, leastPart = 0) {
    this.#leastPart = leastPart;
    this.#blockBytes = blockBytes;
    this.window = new RequestWindow(blockBytes);
    this.bytesPerMs = bytesPerMs;
    this.roundTripMs = roundTripMs;
  }

  run(forMs: number): void {
    const untilMs = this.nowMs + forMs;
    while (this.nowMs < untilMs) {
      while (this.#hasRoom) this.#ask();
      const block = this.#outstanding.shift();
      if (block === undefined) return;
      this.nowMs = block.arrivesAtMs;
      this.window.recordBlock(this.#blockBytes, this.nowMs - block.askedAtMs, this.nowMs);
    }
  }

  get #hasRoom(): boolean {
    const bytes = this.#outstanding.length * this.#blockBytes;
    return bytes === 0 || bytes + this.#blockBytes * this.#leastPart < this.window.bytes;
  }

  #ask(): void {
    const startsAtMs = Math.max(this.#sourceFreeAtMs, this.nowMs + this.roundTripMs / 2);
    this.#sourceFreeAtMs = startsAtMs + this.#blockBytes / this.bytesPerMs;
    const arrivesAtMs = this.#sourceFreeAtMs + this.roundTripMs / 2;
    this.#outstanding.push({ askedAtMs: this.nowMs, arrivesAtMs });
  }
}

/** What the window aims for where the shortest response is one block through an empty link. */
function computeTargetBytes({ bytesPerMs, roundTripMs }: Link): number {
  const queueBytes = Math.min(bytesPerMs * TARGET_QUEUE_MS, MAX_TARGET_QUEUE_BYTES);
  return BLOCK_BYTES + bytesPerMs * roundTripMs + queueBytes;
}

describe('request window', () => {
  test.each([
    { bytesPerMs: 500, roundTripMs: 20 },
    { bytesPerMs: 1_000, roundTripMs: 20 },
    { bytesPerMs: 1_000, roundTripMs: 200 },
    { bytesPerMs: 5_000, roundTripMs: 80 },
    { bytesPerMs: 20_000, roundTripMs: 2 },
  ])(
    'settles at rate × shortest response + a little queue: $bytesPerMs kB/s, $roundTripMs ms',
    ({ bytesPerMs, roundTripMs }) => {
      const link = new Link(bytesPerMs, roundTripMs);
      link.run(10_000);
      const target = computeTargetBytes(link);
      for (let i = 0; i < 20; i += 1) {
        link.run(200);
        expect(link.window.bytes).toBeGreaterThan(target * 0.75);
        expect(link.window.bytes).toBeLessThan(target * 1.35);
      }
    },
  );

  test('E11: grows to megabytes on a long and fast link within two seconds, and never past the limit', () => {
    const link = new Link(25_000, 100);
    link.run(2_000);
    expect(link.window.bytes).toBeGreaterThan(1.5 * KIB * KIB);
    const endless = new Link(1_000_000, 1_000);
    endless.run(60_000);
    expect(endless.window.bytes).toBe(MAX_WINDOW_BYTES);
  });

  test.each([32 * KIB, 128 * KIB])(
    'grows on a long way, whatever its blocks: %i bytes',
    (block) => {
      for (const roundTripMs of [20, 130, 200]) {
        const link = new Link(20_000, roundTripMs, block, 1 / 2);
        link.run(10_000);
        expect(link.window.bytes).toBeGreaterThan(20_000 * roundTripMs);
      }
    },
  );

  test('at most doubles in one round', () => {
    const link = new Link(100_000, 100);
    let before = link.window.bytes;
    expect(before).toBe(INITIAL_WINDOW_BYTES);
    for (let i = 0; i < 1_000; i += 1) {
      link.run(1);
      expect(link.window.bytes).toBeLessThanOrEqual(before * 2);
      before = link.window.bytes;
    }
  });

  test('shrinks when the source slows down, and grows again when it recovers', () => {
    const link = new Link(5_000, 40);
    link.run(5_000);
    const fastBytes = link.window.bytes;
    link.bytesPerMs = 500;
    link.run(10_000);
    const slowBytes = link.window.bytes;
    expect(slowBytes).toBeLessThan(fastBytes / 3);
    link.bytesPerMs = 5_000;
    link.run(5_000);
    expect(link.window.bytes).toBeGreaterThan(fastBytes * 0.7);
  });

  test('a window too small for one block still recovers with one block at a time', () => {
    const link = new Link(5, 40);
    link.run(120_000);
    expect(link.window.bytes).toBeLessThan(BLOCK_BYTES * 2);
    link.bytesPerMs = 5_000;
    link.run(20_000);
    expect(link.window.bytes).toBeGreaterThan(500 * KIB);
  });

  test('a restart goes back to the beginning, or stays below it', () => {
    const link = new Link(25_000, 10);
    link.run(5_000);
    link.window.restart();
    expect(link.window.bytes).toBe(INITIAL_WINDOW_BYTES);
  });

  test('knows no response time before the first block, and follows it after', () => {
    const window = new RequestWindow(BLOCK_BYTES);
    expect(window.responseMs).toBeUndefined();
    window.recordBlock(BLOCK_BYTES, 100, 100);
    expect(window.responseMs).toBe(100);
    for (let i = 0; i < 60; i += 1) window.recordBlock(BLOCK_BYTES, 500, 200 + i);
    expect(window.responseMs).toBeGreaterThan(480);
  });
});
