import { describe, expect, test } from 'vitest';
import { MAX_BUSY_MS, MAX_EARLY_REQUESTS, MIN_BUSY_MS, MIN_CROWD, UNMOVED_MS } from './limits.ts';
import { SwarmDriver, blocksTo, disconnectsIn, messagesTo } from './swarm-driver.test-helper.ts';

const BLOCK_BYTES = 32_808;
const PIECE_COUNT = 400;

/** Five peers that hold a piece and have begun another one each: more than leaves at once. */
function createBusySeeder(): SwarmDriver {
  const driver = new SwarmDriver({ pieceCount: PIECE_COUNT, held: [...Array(PIECE_COUNT).keys()] });
  for (const [piece, peerId] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    driver.connect(peerId, [PIECE_COUNT - 1]);
    driver.hear(peerId, { type: 'request', piece, block: 0 });
    driver.tell({
      type: 'block-sent',
      peerId,
      piece,
      block: 0,
      byteLength: BLOCK_BYTES,
      bufferedBytes: BLOCK_BYTES,
    });
  }
  return driver;
}

/** Whether a peer may begin while two others have done so, among so many that are connected. */
function mayBeginBesideTwo(neighbourCount: number): boolean {
  const driver = new SwarmDriver({ pieceCount: 8, held: [0, 1, 2, 3, 4, 5, 6, 7] });
  for (let i = 0; i < neighbourCount; i += 1) driver.connect(`peer-${i}`, [7]);
  driver.hear('peer-1', { type: 'request', piece: 1, block: 0 });
  driver.hear('peer-2', { type: 'request', piece: 2, block: 0 });
  const effects = driver.hear('peer-0', { type: 'request', piece: 0, block: 0 });
  return blocksTo('peer-0', effects).length > 0;
}

describe('uploading to more peers than there is room for', () => {
  test('E18: a piece that was begun is gone on with, another has to wait, and all of it', () => {
    const driver = createBusySeeder();
    expect(driver.hear('a', { type: 'request', piece: 0, block: 1 })).toMatchObject([
      { type: 'send-block', piece: 0, block: 1 },
    ]);
    const effects = [0, 1].flatMap((block) =>
      driver.hear('a', { type: 'request', piece: 9, block }),
    );
    expect(messagesTo('a', effects)).toMatchObject([
      { type: 'busy', piece: 9, block: 0 },
      { type: 'busy', piece: 9, block: 1 },
    ]);
    for (const peerId of ['b', 'c', 'd', 'e']) driver.tell({ type: 'peer-disconnected', peerId });
    driver.nowMs += MAX_BUSY_MS;
    expect(blocksTo('a', driver.hear('a', { type: 'request', piece: 9, block: 0 }))).toHaveLength(
      1,
    );
    expect(blocksTo('a', driver.hear('a', { type: 'request', piece: 9, block: 1 }))).toHaveLength(
      1,
    );
  });

  test('E18: where many are connected a piece has to wait sooner', () => {
    expect(mayBeginBesideTwo(MIN_CROWD - 1)).toBe(true);
    expect(mayBeginBesideTwo(MIN_CROWD)).toBe(false);
  });

  test('E18: later blocks of what was not begun, and blocks sent already, are no way around the gate', () => {
    const driver = createBusySeeder();
    const ask = (piece: number, block: number) =>
      messagesTo('a', driver.hear('a', { type: 'request', piece, block }));
    expect(ask(7, 1)).toMatchObject([{ type: 'busy', piece: 7 }]);
    expect(ask(0, 0)).toMatchObject([{ type: 'busy', piece: 0 }]);
  });

  test('E18: one that was sent pieces and shows none is no newcomer for ever', () => {
    const driver = createBusySeeder();
    driver.connect('new', []);
    const pieces = [20, 21, 22, 23, 24, 25];
    const begun = pieces.filter((piece) => {
      const name = { peerId: 'new', piece, block: 0 };
      const effects = driver.hear('new', { type: 'request', piece, block: 0 });
      if (blocksTo('new', effects).length === 0) return false;
      const byteLength = 2 * BLOCK_BYTES;
      driver.tell({ type: 'block-sent', ...name, byteLength, bufferedBytes: 0 });
      return true;
    });
    expect(begun).toEqual([20, 21]);
  });

  test('E19: who comes before the time told is told what is left of it, and too much of that disconnects', () => {
    const driver = createBusySeeder();
    const ask = () => driver.hear('a', { type: 'request', piece: 9, block: 0 });
    const [first] = messagesTo('a', ask());
    const told = first?.type === 'busy' ? first.retryAfterMs : Number.NaN;
    driver.nowMs += MIN_BUSY_MS / 2;
    for (let i = 0; i < MAX_EARLY_REQUESTS; i += 1) {
      expect(messagesTo('a', ask())).toMatchObject([{ retryAfterMs: told - MIN_BUSY_MS / 2 }]);
    }
    expect(disconnectsIn(ask())).toEqual(['a request-flood']);
  });

  test('E18, E19: one that comes when told is never disconnected, and let in after seconds whatever goes on', () => {
    const driver = createBusySeeder();
    let waitedMs = 0;
    for (;;) {
      for (const peerId of ['b', 'c', 'd', 'e']) {
        const bufferedBytes = BLOCK_BYTES * 4;
        driver.tell({ type: 'drained', peerId, bufferedBytes });
      }
      const [answer] = driver.hear('a', { type: 'request', piece: 9, block: 0 });
      if (answer?.type !== 'send' || answer.message.type !== 'busy') break;
      driver.nowMs += answer.message.retryAfterMs;
      waitedMs += answer.message.retryAfterMs;
      expect(waitedMs).toBeLessThan(10_000);
    }
    expect(waitedMs).toBeGreaterThan(MAX_BUSY_MS);
    expect(driver.peerIds).toContain('a');
  });

  test('E18: receivers that take nothing keep nobody from beginning for more than a second', () => {
    const driver = createBusySeeder();
    driver.connect('f', [0]);
    const ask = () => blocksTo('f', driver.hear('f', { type: 'request', piece: 9, block: 0 }));
    expect(ask()).toEqual([]);
    driver.nowMs += UNMOVED_MS;
    expect(ask()).toHaveLength(1);
  });
});
