import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SwarmEffect } from './swarm-events.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { Announcer } from './announcer.ts';
import { ANNOUNCE_DELAY_MS, MAX_GAINED_RANGES } from './limits.ts';
import { createContext, createGeometry } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 2_000;
const INTERVAL_MS = 10_000_000;

function createAnnouncer() {
  const geometry = createGeometry(PIECE_COUNT);
  const { context, effects } = createContext(geometry, new Bitfield(PIECE_COUNT));
  return { announcer: new Announcer(context), context, effects };
}

function rangesIn(effects: readonly SwarmEffect[]) {
  return effects.flatMap((effect) => (effect.type === 'announce-gained' ? [effect.ranges] : []));
}

describe('announcer', () => {
  test('E14, T5: what was gained is told once, exactly, in ranges of at most so many a message', () => {
    const gains = fc.array(fc.tuple(fc.nat(PIECE_COUNT - 1), fc.nat(300)), { maxLength: 900 });
    fc.assert(
      fc.property(gains, (records) => {
        const { announcer, context, effects } = createAnnouncer();
        announcer.handleTrackerUp(INTERVAL_MS, 0);
        const gained = new Set<number>();
        let nowMs = 0;
        for (const [piece, gapMs] of records) {
          nowMs += gapMs;
          if (context.held.add(piece)) {
            gained.add(piece);
            announcer.recordGained(piece, nowMs);
          }
          announcer.tick(nowMs);
        }
        for (let i = 0; i < 20; i += 1) announcer.tick((nowMs += ANNOUNCE_DELAY_MS));
        const told: number[] = [];
        for (const ranges of rangesIn(effects)) {
          expect(ranges.length).toBeLessThanOrEqual(MAX_GAINED_RANGES);
          for (const [first, last] of ranges) {
            for (let piece = first; piece <= last; piece += 1) told.push(piece);
          }
        }
        expect(told.toSorted((a, b) => a - b)).toEqual([...gained].toSorted((a, b) => a - b));
        expect(announcer.nextAnnounceMs).toBeGreaterThanOrEqual(INTERVAL_MS * 0.9);
      }),
    );
  });

  test('E1: what was lost before it was told is not told', () => {
    const { announcer, effects } = createAnnouncer();
    announcer.handleTrackerUp(INTERVAL_MS, 0);
    for (const piece of [3, 4, 5]) announcer.recordGained(piece, 0);
    announcer.recordLost(4, 500);
    announcer.tick(ANNOUNCE_DELAY_MS);
    expect(rangesIn(effects)).toEqual([
      [
        [3, 3],
        [5, 5],
      ],
    ]);
  });

  test('scattered pieces past the limit go into the next message', () => {
    const { announcer, effects } = createAnnouncer();
    announcer.handleTrackerUp(INTERVAL_MS, 0);
    for (let piece = 0; piece < 600; piece += 2) announcer.recordGained(piece, 0);
    announcer.tick(ANNOUNCE_DELAY_MS);
    announcer.tick(2 * ANNOUNCE_DELAY_MS);
    expect(rangesIn(effects).map((ranges) => ranges.length)).toEqual([256, 44]);
  });

  test('E14: waits for more before it tells, but not for completion', () => {
    const { announcer, context, effects } = createAnnouncer();
    announcer.handleTrackerUp(INTERVAL_MS, 0);
    announcer.recordGained(3, 100);
    announcer.recordGained(4, 200);
    announcer.tick(100 + ANNOUNCE_DELAY_MS - 1);
    expect(rangesIn(effects)).toEqual([]);
    announcer.tick(100 + ANNOUNCE_DELAY_MS);
    expect(rangesIn(effects)).toEqual([[[3, 4]]]);
    for (let piece = 0; piece < PIECE_COUNT; piece += 1) context.held.add(piece);
    announcer.recordGained(9, 5_000);
    announcer.tick(5_000);
    expect(rangesIn(effects)).toHaveLength(2);
  });

  test('E14, T16: tells everything to a tracker that is new, and nothing while there is none', () => {
    const { announcer, effects } = createAnnouncer();
    announcer.recordGained(1, 0);
    announcer.tick(60_000);
    expect(effects).toEqual([]);
    announcer.handleTrackerUp(INTERVAL_MS, 0);
    announcer.recordGained(2, 60_000);
    announcer.handleTrackerDown();
    announcer.tick(120_000);
    announcer.handleTrackerUp(INTERVAL_MS, 0);
    announcer.tick(180_000);
    expect(effects).toEqual([{ type: 'announce' }, { type: 'announce' }]);
  });

  test('many losses are told together', () => {
    const { announcer, effects } = createAnnouncer();
    announcer.handleTrackerUp(INTERVAL_MS, 0);
    for (let i = 0; i < 100; i += 1) announcer.recordLost(i, i);
    announcer.tick(100);
    announcer.tick(ANNOUNCE_DELAY_MS);
    announcer.tick(10 * ANNOUNCE_DELAY_MS);
    expect(effects).toEqual([{ type: 'announce' }, { type: 'announce' }]);
  });

  test('E14: says everything anew before the interval is well over', () => {
    const { announcer, effects } = createAnnouncer();
    announcer.handleTrackerUp(120_000, 0);
    expect(announcer.nextAnnounceMs).toBeGreaterThanOrEqual(108_000);
    expect(announcer.nextAnnounceMs).toBeLessThanOrEqual(132_000);
    announcer.tick(announcer.nextAnnounceMs);
    expect(effects).toHaveLength(2);
  });

  test('E14: says everything anew soon after a failure, with growing pauses while they go on', () => {
    const { announcer, effects } = createAnnouncer();
    announcer.handleTrackerUp(120_000, 0);
    let nowMs = 200;
    for (const aboutMs of [5_000, 10_000, 20_000, 30_000, 30_000, 30_000]) {
      announcer.handleRefused(nowMs);
      expect(announcer.nextAnnounceMs - nowMs).toBeGreaterThanOrEqual(aboutMs / 2);
      expect(announcer.nextAnnounceMs - nowMs).toBeLessThan(aboutMs * 1.5);
      nowMs = announcer.nextAnnounceMs;
      const before = effects.length;
      announcer.tick(nowMs);
      expect(effects).toHaveLength(before + 1);
    }
  });

  test('E14: the pauses are short again once an announce was booked', () => {
    const { announcer } = createAnnouncer();
    announcer.handleTrackerUp(120_000, 0);
    let nowMs = 0;
    for (let i = 0; i < 5; i += 1) {
      announcer.handleRefused(nowMs);
      nowMs = announcer.nextAnnounceMs;
      announcer.tick(nowMs);
    }
    nowMs = announcer.nextAnnounceMs;
    announcer.tick(nowMs);
    nowMs += 60_000;
    announcer.handleRefused(nowMs);
    expect(announcer.nextAnnounceMs - nowMs).toBeLessThan(7_500);
  });

  test('E14: many failures at once lead to one retry, and the next pause is no longer for them', () => {
    const { announcer, effects } = createAnnouncer();
    announcer.handleTrackerUp(120_000, 0);
    for (let i = 0; i < 50; i += 1) announcer.handleRefused(i);
    announcer.tick(announcer.nextAnnounceMs);
    expect(effects).toHaveLength(2);
    announcer.handleRefused(20_000);
    expect(announcer.nextAnnounceMs).toBeLessThan(20_000 + 15_000);
  });

  test('E14: peers that fail together do not retry in step', () => {
    const { announcer } = createAnnouncer();
    const delays = Array.from({ length: 10 }, () => {
      announcer.handleTrackerUp(120_000, 0);
      announcer.handleRefused(0);
      return announcer.nextAnnounceMs;
    });
    expect(new Set(delays).size).toBeGreaterThan(5);
  });
});
