import { describe, expect, test } from 'vitest';
import { ENOUGH_COPIES_SENT, LITTLE_SHARE, MAX_BUSY_MS, MIN_CROWD, TICK_MS } from './limits.ts';
import { SwarmDriver, blocksTo, messagesTo } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 100;
const PIECE_BYTES = 64 * 1024;
const NEIGHBOURS = ['a', 'b'];
const WANTED = PIECE_COUNT - 1;
/** What two neighbours hold to begin with, and what they need not ask for. */
const FIRST_HALF = Array.from({ length: PIECE_COUNT / 2 }, (_, piece) => piece);
const ENOUGH_GAINED = Math.ceil(1 / LITTLE_SHARE) + 1;

interface Crowd {
  readonly isSharer?: boolean;
  readonly copiesSent?: number;
  /** Neighbours that do nothing here, besides four that do. */
  readonly othersCount?: number;
}

/** A seeder of which the neighbours hold half; others hold what is wanted. */
function createCrowd({
  isSharer = true,
  copiesSent = ENOUGH_COPIES_SENT,
  othersCount = MIN_CROWD - 3,
}: Crowd = {}): SwarmDriver {
  const held = Array.from({ length: PIECE_COUNT }, (_, piece) => piece);
  const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held, isSharer });
  for (const peerId of NEIGHBOURS) driver.connect(peerId, FIRST_HALF);
  for (let other = 0; other < othersCount; other += 1) driver.connect(`other-${other}`, [0]);
  driver.connect('served', held.slice(1));
  driver.connect('also', held.slice(1));
  send(driver, 'served', Math.ceil(copiesSent * PIECE_COUNT));
  driver.tick(TICK_MS);
  return driver;
}

function send(driver: SwarmDriver, peerId: string, pieces: number): void {
  const byteLength = pieces * PIECE_BYTES;
  driver.tell({ type: 'block-sent', peerId, piece: 0, block: 0, byteLength, bufferedBytes: 0 });
}

function gain(driver: SwarmDriver, count: number): void {
  for (const piece of FIRST_HALF.slice(0, count)) {
    driver.hear('a', { type: 'have', piece: piece + FIRST_HALF.length });
  }
  driver.tick(TICK_MS);
}

function ask(driver: SwarmDriver, peerId = 'b', piece = WANTED): 'served' | number | undefined {
  const effects = driver.hear(peerId, { type: 'request', piece, block: 0 });
  if (blocksTo(peerId, effects).length > 0) return 'served';
  const [answer] = messagesTo(peerId, effects);
  return answer?.type === 'busy' ? answer.retryAfterMs : undefined;
}

describe('E20: a sharer that has sent everything', () => {
  test('leaves the rest to the crowd where it matters little', () => {
    const driver = createCrowd();
    gain(driver, ENOUGH_GAINED);
    expect(ask(driver)).toBe(MAX_BUSY_MS);
  });

  test('serves where the crowd gains nothing, and again when it stops gaining', () => {
    const driver = createCrowd();
    expect(ask(driver, 'a')).toBe('served');
    gain(driver, ENOUGH_GAINED);
    expect(ask(driver)).toBe(MAX_BUSY_MS);
    driver.tick(TICK_MS);
    expect(ask(driver)).toBe('served');
  });

  test('serves where much of what the crowd gains comes from it', () => {
    const driver = createCrowd();
    send(driver, 'a', 1);
    gain(driver, 1 / LITTLE_SHARE);
    expect(ask(driver)).toBe('served');
  });

  test('serves what fewer than two neighbours hold', () => {
    const driver = createCrowd();
    gain(driver, ENOUGH_GAINED);
    driver.tell({ type: 'peer-disconnected', peerId: 'served' });
    expect(ask(driver)).toBe('served');
  });

  test('serves whoever has nothing, or has most of what it has from here', () => {
    const driver = createCrowd();
    driver.connect('new', []);
    gain(driver, ENOUGH_GAINED);
    expect(ask(driver, 'new')).toBe('served');
    send(driver, 'b', FIRST_HALF.length / 2);
    expect(ask(driver)).toBe('served');
  });

  test.each<[string, Crowd]>([
    ['has sent less', { copiesSent: ENOUGH_COPIES_SENT - 0.1 }],
    ['is another seeder', { isSharer: false }],
    ['has few neighbours', { othersCount: MIN_CROWD - 5 }],
  ])('serves as ever where it %s', (_, crowd) => {
    const driver = createCrowd(crowd);
    gain(driver, ENOUGH_GAINED);
    expect(ask(driver)).toBe('served');
  });
});
