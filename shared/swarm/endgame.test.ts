import { describe, expect, test } from 'vitest';
import type { Peer } from './peer.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { computeBlockLayout } from '../wire/blocks.ts';
import { pickTakeover } from './endgame.ts';
import { createPeer } from './peer.ts';
import { PieceDownload } from './piece-download.ts';
import { SwarmDriver, createGeometry, messagesTo } from './swarm-driver.test-helper.ts';

const GEOMETRY = createGeometry(4);

/** A peer that has been sending so much a second for three seconds, up to now (3000 ms). */
function createSource(peerId: string, bytesPerSecond: number, pieces: readonly number[]): Peer {
  const peer = createPeer(peerId, peerId, 'member', GEOMETRY, 0);
  for (const piece of Bitfield.full(GEOMETRY.pieceCount).pieces()) peer.bitfield.add(piece);
  for (let nowMs = 0; nowMs <= 3_000; nowMs += 100) {
    peer.downMeter.record(bytesPerSecond / 10, nowMs);
  }
  for (const piece of pieces) {
    peer.downloads.push(new PieceDownload(piece, computeBlockLayout(GEOMETRY, piece)));
  }
  return peer;
}

type Picked = number | { readonly piece: number; readonly replaced: string } | undefined;

function pick(peer: Peer, ...sources: readonly Peer[]): Picked {
  return pickWhen(true, peer, sources);
}

function pickWhen(isEndgame: boolean, peer: Peer, sources: readonly Peer[]): Picked {
  const table = new Map<number, Peer[]>();
  for (const source of sources) {
    for (const { piece } of source.downloads) {
      table.set(piece, [...(table.get(piece) ?? []), source]);
    }
  }
  const underWay = { sources: table, verifying: new Set<number>(), isEndgame, geometry: GEOMETRY };
  const takeover = pickTakeover(peer, underWay, 3_000);
  if (takeover?.replaced === undefined) return takeover?.piece;
  return { piece: takeover.piece, replaced: takeover.replaced.peerId };
}

describe('endgame', () => {
  test('E6: a much faster peer takes over what would be finished last', () => {
    const fast = createSource('fast', 1_000_000, []);
    expect(pick(fast, createSource('slow', 10_000, [1, 2]))).toBe(2);
  });

  test('E6: an equal or slower peer spends nothing on it', () => {
    const source = createSource('source', 100_000, [1]);
    expect(pick(createSource('equal', 100_000, []), source)).toBeUndefined();
    expect(pick(createSource('slower', 10_000, []), source)).toBeUndefined();
  });

  test('case P15; E6: a snubbed source is taken over from by anyone', () => {
    const source = createSource('source', 1_000_000, [1]);
    source.isSnubbed = true;
    expect(pick(createSource('slower', 10_000, []), source)).toBe(1);
  });

  test('E6: before the endgame nothing is taken over but from a snubbed source', () => {
    const fast = createSource('fast', 1_000_000, []);
    const slow = createSource('slow', 10_000, [1]);
    expect(pickWhen(false, fast, [slow])).toBeUndefined();
    slow.isSnubbed = true;
    expect(pickWhen(false, fast, [slow])).toBe(1);
  });

  test('E6: nobody is its own second', () => {
    const slow = createSource('slow', 10_000, [1]);
    expect(pick(slow, slow)).toBeUndefined();
  });

  test('E6: of two slow sources the slower makes room for one that outruns both', () => {
    const slow = createSource('slow', 10_000, [1]);
    const slower = createSource('slower', 5_000, [1]);
    const fast = createSource('fast', 1_000_000, []);
    expect(pick(fast, slow, slower)).toEqual({ piece: 1, replaced: 'slower' });
    expect(pick(fast, slower, slow)).toEqual({ piece: 1, replaced: 'slower' });
    expect(pick(createSource('faster', 30_000, []), slow, slower)).toBeUndefined();
  });

  test('E6: beside a source that would be done first nobody is replaced', () => {
    const fast = createSource('fast', 1_000_000, []);
    const another = createSource('another', 900_000, [1]);
    expect(pick(fast, another, createSource('slow', 5_000, [1]))).toBeUndefined();
  });

  test('E6: a snubbed peer replaces nobody', () => {
    const fast = createSource('fast', 1_000_000, []);
    fast.isSnubbed = true;
    const sources = [createSource('slow', 10_000, [1]), createSource('slower', 5_000, [1])];
    expect(pick(fast, ...sources)).toBeUndefined();
  });

  test('E6: only a piece that the peer holds is taken over', () => {
    const fast = createSource('fast', 1_000_000, []);
    fast.bitfield.remove(1);
    expect(pick(fast, createSource('slow', 10_000, [1]))).toBeUndefined();
  });

  test('E6: a piece that is being verified is not fetched a third time', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('slow', [0]);
    driver.connect('fast', [0]);
    driver.tick(11_000);
    driver.piece('fast', 0);
    expect(driver.requestsTo('fast')).toEqual(['0/0', '0/1']);
    driver.tell({ type: 'piece-refused', peerId: 'fast', piece: 0 });
    expect(driver.requestsTo('slow')).toEqual(['0/0', '0/1']);
  });

  test('E6: where both sources fell silent one of them is cancelled for a third', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('first', [0]);
    driver.connect('second', [0]);
    driver.tick(11_000);
    driver.tick(11_000);
    driver.effects.splice(0);
    driver.connect('third', [0]);
    expect(messagesTo('first', driver.effects)).toEqual([
      { type: 'cancel', piece: 0, block: 0 },
      { type: 'cancel', piece: 0, block: 1 },
    ]);
    expect(driver.requestsTo('third')).toEqual(['0/0', '0/1']);
    expect(driver.snapshot.peers[0]?.outstandingBytes).toBe(0);
    driver.piece('third', 0);
    const verified = driver.tell({ type: 'piece-verified', peerId: 'third', piece: 0 });
    expect(messagesTo('second', verified)).toContainEqual({ type: 'cancel', piece: 0, block: 0 });
    expect(driver.snapshot.assemblyBytes).toBe(0);
  });

  test('case P20; E6: the copy that comes second is cancelled when the first is verified', () => {
    const driver = new SwarmDriver({ pieceCount: 1 });
    driver.connect('slow', [0]);
    driver.connect('fast', [0]);
    driver.tick(11_000);
    expect(driver.requestsTo('fast')).toEqual(['0/0', '0/1']);
    driver.piece('fast', 0);
    const effects = driver.tell({ type: 'piece-verified', peerId: 'fast', piece: 0 });
    expect(messagesTo('slow', effects)).toEqual([
      { type: 'cancel', piece: 0, block: 0 },
      { type: 'cancel', piece: 0, block: 1 },
      { type: 'have', pieces: [0] },
    ]);
    expect(driver.snapshot.assemblyBytes).toBe(0);
    expect(driver.snapshot.peers[0]?.outstandingBytes).toBe(0);
  });
});
