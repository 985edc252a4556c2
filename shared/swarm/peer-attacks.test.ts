import type { Participant } from './swarm-scene.test-helper.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { equalBytes } from '../share/bytes.ts';
import { computeBlockLayout } from '../wire/blocks.ts';
import { MapPieceStore } from './map-piece-store.test-helper.ts';
import { createRatedPost } from './memory-transport.ts';
import { misbehave } from './misbehaving-transport.test-helper.ts';
import { createSealedShare, openAll } from './sealed-share.test-helper.ts';
import { SwarmScene } from './swarm-scene.test-helper.ts';

const share = await createSealedShare(10 * 64 * 1024 + 5);
const { geometry } = share.membership;
const PIECES = [...Array(geometry.pieceCount).keys()];
const BLOCK_COUNT = PIECES.reduce(
  (sum, piece) => sum + computeBlockLayout(geometry, piece).blockCount,
  0,
);

let scene: SwarmScene;
beforeEach(() => {
  scene = new SwarmScene(share);
});
afterEach(() => scene.stopAll());

/** One who holds everything and says what `speak` makes of it, on an uplink like everybody's. */
function joinAttacker(speak: Parameters<typeof misbehave>[1]): Promise<Participant> {
  const transport = scene.network.createTransport(createRatedPost(scene.clock, 1_000_000));
  return scene.join(
    new MapPieceStore(share.pieces.entries()),
    { transport: misbehave(transport, speak) },
    transport,
  );
}

describe('a member that is of no use, beside an honest source that comes later', () => {
  test.each<[string, Parameters<typeof misbehave>[1]]>([
    [
      'case P14; E13: claims all and rejects all, again and again',
      (words, { say }) => {
        if (words.type !== 'block') return say(words);
        const { piece, block } = words;
        say({ type: 'reject', piece, block });
        say({ type: 'have', pieces: [piece] });
      },
    ],
    [
      'case P14; E7: claims all and sends nothing',
      (words, { say }) => {
        if (words.type !== 'block') say(words);
      },
    ],
    [
      'case P15; E7: sends a byte a second, so that no block ever comes whole',
      (words, { say }) => {
        if (words.type !== 'block') say(words);
        else scene.clock.schedule(words.bytes.byteLength * 1_000, () => say(words));
      },
    ],
    [
      'case P15; E6, E7: keeps back the last block of every piece',
      (words, { say }) => {
        if (words.type !== 'block') return say(words);
        const { blockCount } = computeBlockLayout(geometry, words.piece);
        if (words.block < blockCount - 1) say(words);
      },
    ],
  ])('%s', async (_, speak) => {
    const attacker = await joinAttacker(speak);
    const receiver = await scene.join();
    await scene.until(() => receiver.runner.snapshot().peers.length > 0);
    await scene.pass(5_000);
    await scene.joinSharer();
    const cameAtMs = scene.clock.nowMs();
    await scene.until(() => receiver.told.completions > 0);
    // The longest that a source may be silent before its first block, and then to find the other and to fetch.
    expect(scene.clock.nowMs() - cameAtMs).toBeLessThan(15_000);
    await expectWhole(receiver);
    // Of no use is not ill-willed: it is not banned.
    expect(attacker.runner.snapshot().peers.length).toBeGreaterThan(0);
  });
});

describe('a member that sends more than it was asked for', () => {
  test('case P20; E4: every block five times, and once more long after: it is not banned', async () => {
    const sharer = await scene.joinSharer();
    const attacker = await joinAttacker((words, { say }) => {
      for (let i = 0; i < (words.type === 'block' ? 5 : 1); i += 1) say(words);
      if (words.type !== 'block') return;
      const copy = { ...words, bytes: words.bytes.slice() };
      scene.clock.schedule(20_000, () => say(copy));
    });
    const receiver = await scene.join();
    await scene.until(() => receiver.told.completions > 0);
    await scene.pass(30_000);
    await expectWhole(receiver);
    expect(receiver.runner.snapshot().peers).toHaveLength(2);
    expect(sharer.runner.snapshot().peers).toHaveLength(1);
    expect(attacker.told.sessionFailures).toEqual([]);
    const { receivedBytes, wastedBytes, assemblyBytes } = receiver.runner.snapshot();
    expect(wastedBytes).toBeGreaterThan(100_000);
    expect(receivedBytes - wastedBytes).toBe(sumBytes(share.pieces));
    expect(assemblyBytes).toBe(0);
  });
});

test('case P23; E13: a member that leaves after any number of blocks: the rest comes from another, and nothing is left', async () => {
  for (let leavesAfter = 0; leavesAfter <= BLOCK_COUNT; leavesAfter += 1) {
    scene = new SwarmScene(share);
    let sentCount = 0;
    await joinAttacker((words, { say, close }) => {
      if (words.type === 'block' && sentCount === leavesAfter) return close();
      if (words.type === 'block') sentCount += 1;
      say(words);
    });
    const receiver = await scene.join();
    await scene.until(() => sentCount === leavesAfter || receiver.told.completions > 0);
    await scene.joinSharer();
    await scene.until(() => receiver.told.completions > 0);
    await scene.pass(1_000);
    await expectWhole(receiver);
    const { assemblyBytes, uncommittedBytes, verifyingCount } = receiver.runner.snapshot();
    expect([assemblyBytes, uncommittedBytes, verifyingCount]).toEqual([0, 0, 0]);
    scene.stopAll();
    scene.clock.advance(1_000);
    expect(scene.clock.alarmCount).toBe(0);
  }
});

async function expectWhole({ store, told }: Participant): Promise<void> {
  expect(told.completions).toBe(1);
  expect(equalBytes(await openAll(share, store.pieces), share.stream)).toBe(true);
}

function sumBytes(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
