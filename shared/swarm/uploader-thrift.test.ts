import { describe, expect, test } from 'vitest';
import {
  ENOUGH_COPIES_SENT,
  LITTLE_SHARE,
  LONG_WAIT_MS,
  MAX_BUSY_MS,
  MIN_CROWD,
  TICK_MS,
} from './limits.ts';
import { SwarmDriver, blocksTo, messagesTo } from './swarm-driver.test-helper.ts';

const PIECE_COUNT = 100;
const PIECE_BYTES = 64 * 1024;
const NEIGHBOURS = ['a', 'b'];
const WANTED = PIECE_COUNT - 1;
/** What two neighbours hold to begin with, and what they need not ask for. */
const FIRST_HALF = Array.from({ length: PIECE_COUNT / 2 }, (_, piece) => piece);
const ENOUGH_GAINED = Math.ceil(1 / LITTLE_SHARE) + 1;

interface Crowd {
  readonly role?: 'sharer' | 'member';
  readonly copiesSent?: number;
  readonly neighbourCount?: number;
}

/** A seeder of which the neighbours hold half; others hold what is wanted. */
function createCrowd({
  role = 'sharer',
  copiesSent = ENOUGH_COPIES_SENT,
  neighbourCount = MIN_CROWD + 1,
}: Crowd = {}): SwarmDriver {
  const held = Array.from({ length: PIECE_COUNT }, (_, piece) => piece);
  const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held, role });
  for (const peerId of NEIGHBOURS) driver.connect(peerId, FIRST_HALF);
  driver.connect('served', held.slice(1));
  driver.connect('also', held.slice(1));
  while (driver.peerIds.length < neighbourCount) {
    driver.connect(`idle-${driver.peerIds.length}`, [0]);
  }
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
    driver.hear('a', { type: 'have', pieces: [piece + FIRST_HALF.length] });
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

  test('looks no more than twice a second, and takes no newcomer for one that gained', () => {
    const driver = createCrowd();
    driver.tell({ type: 'peer-connected', peerId: 'back', identity: 'back', role: 'member' });
    driver.tick(TICK_MS);
    const bitfield = driver.held.toBytes();
    driver.hear('back', { type: 'bitfield', bitfield });
    driver.tick(TICK_MS);
    expect(ask(driver)).toBe('served');
    gain(driver, ENOUGH_GAINED);
    driver.tick(1);
    expect(ask(driver, 'b', WANTED - 1)).toBe(MAX_BUSY_MS);
  });

  test('E18: serves who was put off for long, whatever the crowd gains', () => {
    const driver = createCrowd();
    for (let waitedMs = 0; waitedMs <= LONG_WAIT_MS; waitedMs += MAX_BUSY_MS) {
      for (const peerId of driver.peerIds.filter((name) => name.startsWith('idle'))) {
        const piece = 1 + waitedMs / MAX_BUSY_MS;
        for (const one of [piece, piece + 20]) driver.hear(peerId, { type: 'have', pieces: [one] });
      }
      driver.tick(MAX_BUSY_MS);
      expect(ask(driver)).toBe(waitedMs < LONG_WAIT_MS ? MAX_BUSY_MS : 'served');
    }
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
    ['is another seeder', { role: 'member' }],
    ['has few neighbours', { neighbourCount: MIN_CROWD - 1 }],
  ])('serves as ever where it %s', (_, crowd) => {
    const driver = createCrowd(crowd);
    gain(driver, ENOUGH_GAINED);
    expect(ask(driver)).toBe('served');
  });
});
