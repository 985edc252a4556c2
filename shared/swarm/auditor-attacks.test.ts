import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SwarmEffect } from './swarm-events.ts';
import { Bitfield } from '../wire/bitfield.ts';
import { AUDIT_TIMEOUT_MS, MAX_UNSHOWN_MS, ROUTINE_AUDIT_MS } from './limits.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A sharer whose host carries out its audits: whoever is honest shows everything at once. */
class Sharer extends SwarmDriver {
  readonly honest = new Set<string>();
  readonly asked: string[] = [];
  #seenCount = 0;

  constructor(copies: number, pieceCount: number, pieceSize = 64 * KIB) {
    super({ pieceCount, pieceSize, held: [...Array(pieceCount).keys()], role: 'sharer' });
    this.tell({ type: 'copy-target', copies });
  }

  get everything(): readonly number[] {
    return [...this.held.pieces()];
  }

  get mayClose(): boolean | undefined {
    return this.snapshot.copies?.mayClose;
  }

  distrusted(): readonly SwarmEffect[] {
    return this.effects.filter(({ type }) => type === 'distrust');
  }

  pass(durationMs: number): void {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 500) {
      this.settle();
      this.tick(500);
    }
    this.settle();
  }

  settle(): void {
    while (this.#seenCount < this.effects.length) {
      const effect = this.effects[this.#seenCount];
      this.#seenCount += 1;
      if (effect?.type !== 'audit') continue;
      const { peerId, piece } = effect;
      this.asked.push(peerId);
      this.tell({ type: 'audit-asked', peerId, piece });
      if (this.honest.has(peerId)) {
        this.tell({ type: 'audit-answered', peerId, piece, isTrue: true });
      }
    }
  }
}

function countLooks(work: () => void): number {
  const looks = vi.spyOn(Bitfield.prototype, 'has');
  work();
  return looks.mock.calls.length;
}

afterEach(() => vi.restoreAllMocks());

describe('E21: who says nothing', () => {
  test('is asked again for the same, and counts when it answers', () => {
    const sharer = new Sharer(1, 1);
    sharer.connect('a', [0]);
    sharer.pass(AUDIT_TIMEOUT_MS + 500);
    sharer.honest.add('a');
    sharer.pass(ROUTINE_AUDIT_MS);
    expect(sharer.mayClose).toBe(true);
  });

  test('does not keep others from being asked, however many they are', () => {
    const sharer = new Sharer(1, 64);
    for (let i = 0; i < 20; i += 1) sharer.connect(`silent-${i}`, sharer.everything);
    sharer.honest.add('honest');
    sharer.connect('honest', sharer.everything);
    sharer.pass(4 * ROUTINE_AUDIT_MS);
    expect(sharer.mayClose).toBe(true);
  });

  test('within one timeout has missed one answer, and not one for each question', () => {
    const sharer = new Sharer(1, 64);
    sharer.connect('slow', []);
    for (let piece = 0; piece < 4; piece += 1) {
      sharer.hear('slow', { type: 'have', pieces: [piece] });
      sharer.pass(600);
    }
    for (let i = 0; i < 10; i += 1) {
      sharer.hear('slow', { type: 'have', pieces: [10 + i] });
      sharer.pass(1_000);
    }
    expect(sharer.distrusted()).toEqual([]);
  });
});

describe('E21: what was shown', () => {
  test('is shown again in time, even while others have very much to show', () => {
    const sharer = new Sharer(4, 1_024, 4 * MIB);
    sharer.honest.add('many').add('more').add('most').add('one');
    for (const peerId of ['many', 'more', 'most']) sharer.connect(peerId, sharer.everything);
    sharer.connect('one', [0]);
    sharer.pass(10_000);
    sharer.asked.length = 0;
    sharer.pass(ROUTINE_AUDIT_MS);
    expect(sharer.asked).toContain('one');
  });

  test('counts no more where nothing could be shown for long', () => {
    const sharer = new Sharer(1, 1);
    sharer.honest.add('a');
    sharer.connect('a', [0]);
    sharer.settle();
    expect(sharer.mayClose).toBe(true);
    sharer.tell({ type: 'piece-lost', piece: 0 });
    sharer.pass(MAX_UNSHOWN_MS);
    expect(sharer.mayClose).toBe(true);
    sharer.pass(500);
    expect(sharer.mayClose).toBe(false);
  });

  test('counts no more when it is lost, also where the holder rejected a request for it before', () => {
    const sharer = new Sharer(1, 1);
    sharer.honest.add('a');
    sharer.connect('a', [0]);
    sharer.settle();
    sharer.tell({ type: 'piece-lost', piece: 0 });
    expect(sharer.requestsTo('a')).toContain('0/0');
    sharer.hear('a', { type: 'reject', piece: 0, block: 0 });
    sharer.hear('a', { type: 'lost', piece: 0 });
    expect(sharer.mayClose).toBe(false);
  });
});

describe('case T27; E21: all pieces are looked through no more often than audits are made', () => {
  const PIECES = 4_096;
  const FRAMES = 200;

  test('where a peer takes back one piece and claims it again, all the time', () => {
    const sharer = new Sharer(2, PIECES);
    for (let i = 0; i < 10; i += 1) sharer.honest.add(`peer-${i}`);
    for (const peerId of sharer.honest) sharer.connect(peerId, sharer.everything);
    sharer.pass(60_000);
    expect(sharer.mayClose).toBe(true);
    const looks = countLooks(() => {
      for (let i = 0; i < FRAMES; i += 1) {
        sharer.hear('peer-0', { type: 'lost', piece: 7 });
        sharer.hear('peer-0', { type: 'have', pieces: [7] });
      }
    });
    expect(looks).toBeLessThan(20 * PIECES);
  });

  test('where peers that have shown nothing, because others have, tell of pieces', () => {
    const sharer = new Sharer(1, PIECES);
    sharer.honest.add('a').add('b');
    for (const peerId of sharer.honest) sharer.connect(peerId, sharer.everything);
    sharer.pass(60_000);
    expect(sharer.mayClose).toBe(true);
    for (let i = 0; i < 10; i += 1) sharer.connect(`leecher-${i}`, []);
    sharer.pass(ROUTINE_AUDIT_MS + 500);
    const looks = countLooks(() => {
      for (let piece = 0; piece < FRAMES; piece += 1) {
        sharer.hear('leecher-0', { type: 'have', pieces: [piece] });
      }
    });
    expect(looks).toBeLessThan(20 * PIECES);
  });
});
