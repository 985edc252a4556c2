import { describe, expect, test } from 'vitest';
import { computeBlockLayout } from '../wire/blocks.ts';
import {
  DEAD_SOURCE_TIMEOUT_MS,
  FIRST_BLOCK_TIMEOUT_MS,
  MAX_ASSEMBLY_BYTES,
  MAX_UNCOMMITTED_BYTES,
} from './limits.ts';
import { SwarmDriver, disconnectsIn, messagesTo } from './swarm-driver.test-helper.ts';

const MIB = 1024 * 1024;

function typesOf(effects: readonly { readonly type: string }[]): readonly string[] {
  return effects.map(({ type }) => type);
}

describe('downloading', () => {
  test('E3: a piece is asked for from one peer, taken, verified, announced to all and counted once', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', [0]);
    driver.connect('b', []);
    expect(driver.requestsTo('a')).toEqual(['0/0', '0/1']);
    expect(driver.requestsTo('b')).toEqual([]);
    expect(typesOf(driver.block('a', 0, 0))).toEqual(['take-block']);
    expect(typesOf(driver.block('a', 0, 1))).toEqual(['take-block', 'verify']);
    expect(driver.held.has(0)).toBe(false);
    const effects = driver.tell({ type: 'piece-verified', peerId: 'a', piece: 0 });
    expect(messagesTo('b', effects)).toEqual([{ type: 'have', pieces: [0] }]);
    expect(typesOf(effects)).toContain('completed');
    expect(driver.held.isFull).toBe(true);
    expect(driver.snapshot.wastedBytes).toBe(0);
    expect(driver.snapshot.assemblyBytes).toBe(0);
  });

  test('E3: two peers are never asked for the same piece while others are open', () => {
    const driver = new SwarmDriver({ pieceCount: 32 });
    driver.connect('a', [...Array(32).keys()]);
    driver.connect('b', [...Array(32).keys()]);
    for (let turn = 0; turn < 8; turn += 1) {
      for (const peerId of ['a', 'b']) {
        const [piece, block] = (driver.requestsTo(peerId)[turn] ?? '').split('/').map(Number);
        driver.nowMs += 10;
        driver.block(peerId, piece ?? 0, block ?? 0);
      }
    }
    const ofA = new Set(driver.requestsTo('a').map((name) => name.split('/')[0]));
    const ofB = new Set(driver.requestsTo('b').map((name) => name.split('/')[0]));
    expect(ofA.size).toBeGreaterThan(4);
    expect([...ofA].filter((piece) => ofB.has(piece))).toEqual([]);
  });

  test('E11: what comes into the store another way is no longer fetched, and leaves nothing in assembly', () => {
    const driver = new SwarmDriver({ pieceCount: 2 });
    driver.connect('a', [0, 1]);
    driver.block('a', 0, 0);
    const askedCount = driver.requestsTo('a').length;
    const effects = driver.tell({ type: 'pieces-gained', pieces: [0, 1] });
    expect(typesOf(effects).filter((type) => type === 'abandon')).toHaveLength(2);
    expect(messagesTo('a', effects).filter(({ type }) => type === 'cancel')).toHaveLength(
      askedCount - 1,
    );
    const { assemblyBytes, peers } = driver.snapshot;
    expect([assemblyBytes, peers[0]?.outstandingBytes]).toEqual([0, 0]);
  });

  test('case P20; E4: late, duplicate and unasked blocks are ignored and never punished', () => {
    const driver = new SwarmDriver({ pieceCount: 2 });
    driver.connect('a', [0, 1]);
    driver.piece('a', 0);
    const before = driver.snapshot;
    for (let i = 0; i < 120; i += 1) expect(driver.block('a', 0, i % 2)).toEqual([]);
    expect(driver.peerIds).toEqual(['a']);
    expect(driver.snapshot.assemblyBytes).toBe(before.assemblyBytes);
    expect(driver.snapshot.wastedBytes).toBeGreaterThan(100 * 32_000);
  });

  test('case P20; E5: 4 MiB beyond all that was ever asked for disconnect, and ban nobody', () => {
    const driver = new SwarmDriver({ pieceCount: 2 });
    driver.connect('a', [0, 1]);
    driver.piece('a', 0);
    const spareCount = Math.floor((4 * MIB) / 32_808);
    for (let i = 0; i < spareCount; i += 1) driver.block('a', 0, 0);
    expect(driver.peerIds).toEqual(['a']);
    expect(disconnectsIn(driver.block('a', 0, 0))).toEqual(['a block-flood']);
    driver.connect('a', [0, 1]);
    expect(driver.peerIds).toEqual(['a']);
  });

  test('case P20; E4: whatever was asked for and cancelled may still come, as often as that was so', () => {
    const driver = new SwarmDriver({ pieceCount: 200 });
    driver.connect('a', [...Array(200).keys()]);
    const asked = new Set<string>();
    while (asked.size < 2 * 200) {
      const fresh = driver.requestsTo('a').filter((name) => !asked.has(name));
      for (const name of fresh) asked.add(name);
      const pieces = fresh.map((name) => Number(name.split('/')[0]));
      driver.tell({ type: 'pieces-gained', pieces });
    }
    for (const name of asked) {
      const [piece = 0, block = 0] = name.split('/').map(Number);
      driver.block('a', piece, block);
    }
    expect(driver.snapshot.wastedBytes).toBeGreaterThan(3 * 4 * MIB);
    expect(driver.peerIds).toEqual(['a']);
  });

  test('case P20: who sends what nobody asked for is no source: others are looked for', () => {
    const driver = new SwarmDriver({ pieceCount: 2 });
    driver.tell({ type: 'tracker-up', announceIntervalMs: 60_000 });
    driver.tell({ type: 'peers-found', peers: [] });
    driver.connect('a', []);
    let findCount = 0;
    for (let second = 0; second < 60; second += 1) {
      driver.block('a', 0, 0);
      findCount += typesOf(driver.tick(1_000)).filter((type) => type === 'find').length;
    }
    expect(findCount).toBeGreaterThanOrEqual(4);
    expect(driver.snapshot.peers[0]?.downBytesPerSecond).toBe(0);
  });

  test('E4: a block of the wrong length is not taken', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', [0]);
    for (const byteLength of [0, 1, 32_807, 32_809, 65_536]) {
      const effects = driver.tell({ type: 'block', peerId: 'a', piece: 0, block: 0, byteLength });
      expect(typesOf(effects)).not.toContain('take-block');
    }
  });

  test('case P14; E13: a rejected piece is fetched from another peer, and not asked of the first again', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', [0]);
    driver.connect('b', [0]);
    const effects = driver.hear('a', { type: 'reject', piece: 0, block: 0 });
    expect(typesOf(effects)).toContain('abandon');
    expect(driver.requestsTo('b')).toEqual(['0/0', '0/1']);
    driver.tick(500);
    expect(driver.requestsTo('a')).toEqual(['0/0', '0/1']);
  });

  test('a piece rejected once may be claimed again later', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', [0]);
    driver.hear('a', { type: 'reject', piece: 0, block: 0 });
    driver.hear('a', { type: 'have', pieces: [0] });
    expect(driver.requestsTo('a')).toEqual(['0/0', '0/1', '0/0', '0/1']);
  });

  test('case P23; E13: what a lost peer was asked for is asked of others at once', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', [0]);
    driver.connect('b', [0]);
    driver.block('a', 0, 0);
    const effects = driver.tell({ type: 'peer-disconnected', peerId: 'a' });
    expect(effects).toContainEqual({ type: 'abandon', peerId: 'a', piece: 0 });
    expect(messagesTo('b', effects)).toHaveLength(2);
  });

  test('E17: a piece that the store lost is fetched again', () => {
    const driver = new SwarmDriver({ pieceCount: 2, held: [0, 1] });
    driver.connect('a', [0, 1]);
    driver.tell({ type: 'piece-lost', piece: 1 });
    expect(driver.held.has(1)).toBe(false);
    expect(driver.requestsTo('a')).toEqual(['1/0', '1/1']);
    driver.piece('a', 1);
    const effects = driver.tell({ type: 'piece-verified', peerId: 'a', piece: 1 });
    expect(typesOf(effects)).toContain('completed');
  });

  test('E11: requests pause while too much is uncommitted, and go on as it is stored', () => {
    const driver = new SwarmDriver({ pieceCount: 40, pieceSize: 4 * MIB });
    const verified = fetchUntilPaused(driver);
    expect(driver.snapshot.uncommittedBytes).toBeGreaterThanOrEqual(MAX_UNCOMMITTED_BYTES);
    expect(verified.length).toBeLessThan(40);
    const effects = verified
      .slice(0, 3)
      .flatMap((piece) => driver.tell({ type: 'piece-stored', piece }));
    expect(messagesTo('a', effects).length).toBeGreaterThan(0);
  });

  test('a verified piece that could not be stored is uncommitted no longer', () => {
    const driver = new SwarmDriver({ pieceCount: 40, pieceSize: 4 * MIB });
    const verified = fetchUntilPaused(driver);
    for (const piece of verified) driver.tell({ type: 'piece-lost', piece });
    expect(driver.snapshot.uncommittedBytes).toBe(0);
    for (const piece of verified) driver.tell({ type: 'piece-stored', piece });
    expect(driver.snapshot.uncommittedBytes).toBe(0);
  });

  test('E11: no more is put together in memory than the limit and one piece, however many offer', () => {
    const driver = new SwarmDriver({ pieceCount: 40, pieceSize: 4 * MIB });
    for (let i = 0; i < 25; i += 1) driver.connect(`p${i}`, [...Array(40).keys()]);
    expect(driver.snapshot.assemblyBytes).toBeGreaterThan(MAX_ASSEMBLY_BYTES - 4 * MIB);
    expect(driver.snapshot.assemblyBytes).toBeLessThan(MAX_ASSEMBLY_BYTES + 5 * MIB);
  });

  test('room for another piece is used as soon as one is verified', () => {
    const driver = new SwarmDriver({ pieceCount: 40, pieceSize: 4 * MIB });
    for (let i = 0; i < 17; i += 1) driver.connect(`p${i}`, [...Array(40).keys()]);
    expect(driver.requestsTo('p16')).toEqual([]);
    const [name = ''] = driver.requestsTo('p0');
    const piece = Number(name.split('/')[0]);
    driver.piece('p0', piece);
    expect(driver.requestsTo('p16')).toEqual([]);
    const effects = driver.tell({ type: 'piece-verified', peerId: 'p0', piece });
    expect(messagesTo('p0', effects).some(({ type }) => type === 'request')).toBe(true);
  });
});

describe('silent sources', () => {
  test('case P14, P15; E7: one that sends nothing is snubbed, relieved of its piece, and at last disconnected', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', [0]);
    driver.connect('b', [0]);
    driver.tick(FIRST_BLOCK_TIMEOUT_MS);
    expect(driver.requestsTo('b')).toEqual([]);
    driver.tick(500);
    expect(driver.snapshot.peers[0]?.isSnubbed).toBe(true);
    expect(driver.requestsTo('b')).toEqual(['0/0', '0/1']);
    const effects = driver.tick(DEAD_SOURCE_TIMEOUT_MS - FIRST_BLOCK_TIMEOUT_MS);
    expect(disconnectsIn(effects)).toEqual(['a unresponsive']);
  });

  test('E7: one that wakes up again is no longer snubbed', () => {
    const driver = new SwarmDriver({ pieceCount: 2 });
    driver.connect('a', [0, 1]);
    driver.tick(FIRST_BLOCK_TIMEOUT_MS + 500);
    driver.block('a', 0, 0);
    expect(driver.snapshot.peers[0]?.isSnubbed).toBe(false);
  });

  test('E7: an idle one is not blamed for having nothing to do', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('a', []);
    driver.tick(10 * DEAD_SOURCE_TIMEOUT_MS);
    driver.hear('a', { type: 'have', pieces: [0] });
    expect(disconnectsIn(driver.tick(500))).toEqual([]);
    expect(driver.snapshot.peers[0]?.isSnubbed).toBe(false);
  });
});

/** Takes pieces from one fast source, and stores none of them. */
function fetchUntilPaused(driver: SwarmDriver): readonly number[] {
  driver.connect('a', [...Array(40).keys()]);
  const verified: number[] = [];
  for (;;) {
    const open = driver.requestsTo('a').map((name) => Number(name.split('/')[0]));
    const piece = open.find((candidate) => !verified.includes(candidate));
    if (piece === undefined) return verified;
    const { blockCount } = computeBlockLayout(driver.geometry, piece);
    for (let block = 0; block < blockCount; block += 1) {
      if (!driver.requestsTo('a').includes(`${piece}/${block}`)) return verified;
      driver.nowMs += 1;
      driver.block('a', piece, block);
    }
    verified.push(piece);
    driver.tell({ type: 'piece-verified', peerId: 'a', piece });
  }
}
