import { describe, expect, test } from 'vitest';
import type { SwarmEffect } from '../../shared/swarm/swarm-events.ts';
import { SwarmDriver } from '../../shared/swarm/swarm-driver.test-helper.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { ShareRates } from './share-rates.ts';
import { TabRates } from './tab-rates.ts';

const PIECE_COUNT = 400;
const EVERYTHING = [...Array(PIECE_COUNT).keys()];
/** Half a piece of 64 KiB with its seal. */
const BLOCK_BYTES = 32_808;
const BYTES_PER_SECOND = 500_000;
const LOOK_MS = 500;

type Direction = 'sends' | 'receives';

/** A share whose one neighbour has everything, or asks for everything, and answers at once. */
class Share {
  readonly #driver: SwarmDriver;
  readonly #direction: Direction;
  readonly rates: ShareRates;
  #movedBytes = 0;

  constructor(direction: Direction) {
    this.#direction = direction;
    const held = direction === 'sends' ? EVERYTHING : [];
    const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held });
    this.#driver = driver;
    this.rates = new ShareRates(() => ({
      snapshot: () => ({ ...driver.snapshot, failedProofs: 0 }),
      instruct: (order) => this.#answer(driver.tell(order)),
    }));
  }

  begin(): void {
    this.#driver.connect('a', this.#direction === 'sends' ? [] : EVERYTHING);
    this.#answer(this.#driver.effects);
    if (this.#direction === 'receives') return;
    for (const piece of EVERYTHING) {
      for (const block of [0, 1]) {
        this.#answer(this.#driver.hear('a', { type: 'request', piece, block }));
      }
    }
  }

  /** Returns the bytes that have moved at that. */
  tick(nowMs: number): number {
    const before = this.#movedBytes;
    this.#driver.nowMs = nowMs;
    this.#answer(this.#driver.tell({ type: 'tick' }));
    return this.#movedBytes - before;
  }

  #answer(effects: readonly SwarmEffect[]): void {
    const left = [...effects];
    for (let effect = left.shift(); effect !== undefined; effect = left.shift()) {
      left.push(...this.#answerOne(effect));
    }
  }

  #answerOne(effect: SwarmEffect): readonly SwarmEffect[] {
    const driver = this.#driver;
    if (effect.type === 'send-block') {
      const { peerId, piece, block } = effect;
      this.#movedBytes += BLOCK_BYTES;
      const sent = { peerId, piece, block, byteLength: BLOCK_BYTES, bufferedBytes: 0 };
      return driver.tell({ type: 'block-sent', ...sent });
    }
    if (effect.type === 'verify') {
      const { peerId, piece } = effect;
      driver.tell({ type: 'piece-stored', piece });
      return driver.tell({ type: 'piece-verified', peerId, piece });
    }
    if (effect.type === 'send' && effect.message.type === 'request') {
      this.#movedBytes += BLOCK_BYTES;
      return driver.block(effect.peerId, effect.message.piece, effect.message.block);
    }
    return [];
  }
}

/** What each of two moves in the last ten of thirteen seconds that they have together, and one of them is always first. */
function moveTogether(direction: Direction, stepMs: number) {
  const first = new Share(direction);
  const second = new Share(direction);
  const tab = new TabRates({
    memory: { read: async () => undefined, write: async () => undefined },
    openChannel: (name, hear) => new FakeProfile().openChannel(name, hear),
    members: () => [first.rates, second.rates],
    clock: { nowMs: () => 0 },
    onChange: () => {},
  });
  tab.change({ sendBytesPerSecond: BYTES_PER_SECOND, receiveBytesPerSecond: BYTES_PER_SECOND });
  const bytes = { first: 0, second: 0 };
  first.begin();
  for (let nowMs = stepMs; nowMs <= 18_000; nowMs += stepMs) {
    const moved = { first: first.tick(nowMs), second: second.tick(nowMs) };
    if (nowMs > 8_000) {
      bytes.first += moved.first;
      bytes.second += moved.second;
    }
    if (nowMs % Math.max(stepMs, LOOK_MS) === 0) tab.refresh();
    if (nowMs === 5_000) second.begin();
  }
  return bytes;
}

describe.each([
  ['a tab in front', 10],
  ['a hidden tab, which is woken once a second', 1_000],
])('in %s', (_, stepMs) => {
  test.each<[string, Direction]>([
    ['E25', 'sends'],
    ['E29', 'receives'],
  ])('%s: a share that %s beside one that takes all first has its part', (_rule, direction) => {
    const { first, second } = moveTogether(direction, stepMs);
    const allowed = 10 * BYTES_PER_SECOND;
    expect(first + second).toBeLessThan(1.05 * allowed);
    expect(first + second).toBeGreaterThan(0.9 * allowed);
    expect(second).toBeGreaterThan(0.4 * allowed);
  });
});
