import { describe, expect, test } from 'vitest';
import { SwarmDriver, disconnectsIn } from './swarm-driver.test-helper.ts';

const pieceOf = (request: string | undefined): number => Number(request?.split('/')[0]);

describe('downloading from busy peers', () => {
  test('E19: what a busy peer was asked for is asked of another, and the busy one again when it said', () => {
    const driver = new SwarmDriver({ pieceCount: 2 });
    driver.connect('a', [0, 1]);
    const [first] = driver.requestsTo('a');
    const piece = Number(first?.split('/')[0]);
    driver.connect('b', [piece]);
    expect(driver.requestsTo('b')).toEqual([]);
    driver.hear('a', { type: 'busy', piece, block: 0, retryAfterMs: 200 });
    driver.hear('a', { type: 'busy', piece, block: 1, retryAfterMs: 0 });
    expect(driver.requestsTo('b')).toEqual([`${piece}/0`, `${piece}/1`]);
    expect(driver.requestsTo('a')).toHaveLength(2);
    driver.tick(199);
    expect(driver.requestsTo('a')).toHaveLength(2);
    expect(driver.effects.findLast((effect) => effect.type === 'wake')).toMatchObject({
      atMs: 200,
    });
    driver.tick(1);
    expect(driver.requestsTo('a').slice(2)).toEqual([`${1 - piece}/0`, `${1 - piece}/1`]);
  });

  test('E19: a busy peer is asked for no further piece before its time', () => {
    const driver = new SwarmDriver({ pieceCount: 8, pieceSize: 1024 * 1024 });
    driver.connect('a', [0, 1, 2, 3, 4, 5, 6, 7]);
    const asked = (): readonly string[] => driver.requestsTo('a');
    // The window grows until two pieces are under way.
    for (let i = 0; new Set(asked().map(pieceOf)).size < 2; i += 1) {
      const [piece = 0, block = 0] = asked()[i]?.split('/').map(Number) ?? [];
      driver.nowMs += 10;
      driver.block('a', piece, block);
    }
    const [begun, other] = [...new Set(asked().map(pieceOf))];
    driver.hear('a', { type: 'busy', piece: other ?? -1, block: 0, retryAfterMs: 400 });
    const before = asked().length;
    for (let block = 0; block < 8; block += 1) driver.block('a', begun ?? -1, block);
    expect(new Set(asked().slice(before).map(pieceOf))).toEqual(new Set());
    driver.tick(400);
    expect(asked().length).toBeGreaterThan(before);
  });

  test('E19: a late busy for a later block does not undo that the piece was asked for again', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', [0]);
    driver.hear('a', { type: 'busy', piece: 0, block: 0, retryAfterMs: 10 });
    driver.tick(10);
    expect(driver.requestsTo('a')).toEqual(['0/0', '0/1', '0/0', '0/1']);
    const effects = driver.hear('a', { type: 'busy', piece: 0, block: 1, retryAfterMs: 10 });
    expect(effects.map(({ type }) => type)).not.toContain('abandon');
  });

  test('E19: a busy answer for what was not asked means nothing', () => {
    const driver = new SwarmDriver({ pieceCount: 2 });
    driver.connect('a', []);
    const busy = { type: 'busy', piece: 9_999, block: 0, retryAfterMs: 60_000 } as const;
    expect(disconnectsIn(driver.hear('a', busy))).toEqual([]);
    driver.hear('a', { type: 'have', pieces: [0] });
    expect(driver.requestsTo('a')).toEqual(['0/0', '0/1']);
  });
});
