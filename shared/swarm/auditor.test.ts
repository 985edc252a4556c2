import { describe, expect, test } from 'vitest';
import type { SwarmEffect } from './swarm-events.ts';
import {
  AUDITED_BYTES_PER_SECOND,
  AUDIT_TIMEOUT_MS,
  MAX_AUDITS,
  MAX_AUDITS_OF_PEER,
  MAX_UNANSWERED_AUDITS,
  ROUTINE_AUDIT_MS,
  VOLUNTEER_AUDIT_PACE,
} from './limits.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const KIB = 1024;
const ALL = [0, 1, 2, 3];

function createSharer(copies = 2, pieceCount = 4, pieceSize = 64 * KIB): SwarmDriver {
  const held = [...Array(pieceCount).keys()];
  const driver = new SwarmDriver({ pieceCount, pieceSize, held, role: 'sharer' });
  if (copies > 0) driver.tell({ type: 'copy-target', copies });
  return driver;
}

function auditsIn(effects: readonly SwarmEffect[]): readonly string[] {
  return effects.flatMap((effect) =>
    effect.type === 'audit' ? [`${effect.peerId} ${effect.piece}`] : [],
  );
}

function distrustsIn({ effects }: SwarmDriver): readonly string[] {
  return effects.flatMap((effect) => (effect.type === 'distrust' ? [effect.peerId] : []));
}

/** Answers every audit that was asked for and not answered yet, and those that follow from that. */
class Answers {
  readonly #driver: SwarmDriver;
  #seenCount = 0;

  constructor(driver: SwarmDriver) {
    this.#driver = driver;
  }

  /** What was asked since the last look; it has left for the peer. */
  ask(): readonly (readonly [peerId: string, piece: number])[] {
    const effects = this.#driver.effects.slice(this.#seenCount);
    this.#seenCount = this.#driver.effects.length;
    return effects.flatMap((effect) => {
      if (effect.type !== 'audit') return [];
      const { peerId, piece } = effect;
      this.#driver.tell({ type: 'audit-asked', peerId, piece });
      return [[peerId, piece] as const];
    });
  }

  answerAll(answer: (peerId: string, piece: number) => boolean | undefined = () => true): void {
    for (let asked = this.ask(); asked.length > 0; asked = this.ask()) {
      for (const [peerId, piece] of asked) {
        const isTrue = answer(peerId, piece);
        if (isTrue === undefined) continue;
        this.#driver.tell({ type: 'audit-answered', peerId, piece, isTrue });
      }
    }
  }
}

describe('E21: copies', () => {
  test('are those that peers have shown, not those that they claim', () => {
    const driver = createSharer();
    const answers = new Answers(driver);
    driver.connect('a', ALL);
    driver.connect('b', [0, 1]);
    expect(driver.snapshot.copies).toMatchObject({ target: 2, minimum: 0, mayClose: false });
    expect(driver.snapshot.copies?.missingBytes).toBe(2 * 4 * 64 * KIB);
    answers.answerAll();
    expect([...(driver.snapshot.copies?.counts ?? [])]).toEqual([2, 2, 1, 1]);
    expect(driver.snapshot.copies?.missingBytes).toBe(2 * 64 * KIB);
    driver.hear('b', { type: 'have', piece: 2 });
    driver.hear('b', { type: 'have', piece: 3 });
    expect(driver.snapshot.copies?.mayClose).toBe(false);
    answers.answerAll();
    expect(driver.snapshot.copies).toMatchObject({ minimum: 2, missingBytes: 0, mayClose: true });
  });

  test('are not counted, and nobody is audited, where none are asked for', () => {
    const driver = createSharer(0);
    driver.connect('a', ALL);
    expect(auditsIn(driver.effects)).toEqual([]);
    expect(driver.snapshot.copies).toBeUndefined();
    driver.tell({ type: 'copy-target', copies: 1 });
    new Answers(driver).answerAll();
    expect(driver.snapshot.copies?.mayClose).toBe(true);
    driver.tell({ type: 'copy-target', copies: 2 });
    expect(driver.snapshot.copies?.mayClose).toBe(false);
    driver.tell({ type: 'copy-target', copies: 0 });
    expect(driver.snapshot.copies).toBeUndefined();
  });

  test('end with the connection, and with what is lost', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.connect('a', ALL);
    answers.answerAll();
    driver.hear('a', { type: 'lost', piece: 2 });
    expect([...(driver.snapshot.copies?.counts ?? [])]).toEqual([1, 1, 0, 1]);
    expect(driver.snapshot.copies?.mayClose).toBe(false);
    driver.hear('a', { type: 'have', piece: 2 });
    answers.answerAll();
    expect(driver.snapshot.copies?.mayClose).toBe(true);
    driver.tell({ type: 'peer-disconnected', peerId: 'a' });
    expect(driver.snapshot.copies?.minimum).toBe(0);
  });

  test('a piece that was said to be lost before the answer came does not count', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.connect('a', ALL);
    answers.ask();
    driver.hear('a', { type: 'lost', piece: 0 });
    for (const piece of ALL) {
      driver.tell({ type: 'audit-answered', peerId: 'a', piece, isTrue: true });
    }
    expect([...(driver.snapshot.copies?.counts ?? [])]).toEqual([0, 1, 1, 1]);
  });

  test('are looked for until there is one more of each than is asked for', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    for (const peerId of ['a', 'b', 'c']) driver.connect(peerId, ALL);
    answers.answerAll();
    expect(auditsIn(driver.effects)).toHaveLength(2 * ALL.length);
    driver.tell({ type: 'peer-disconnected', peerId: 'a' });
    driver.tick(1);
    answers.answerAll();
    expect([...(driver.snapshot.copies?.counts ?? [])]).toEqual([2, 2, 2, 2]);
  });

  test('of which there are fewest are looked for first', () => {
    const driver = createSharer(2, 8);
    const answers = new Answers(driver);
    driver.connect('a', [0, 1, 2, 3, 4, 5]);
    answers.answerAll();
    driver.connect('b', [0, 1, 2, 3, 4, 5, 6, 7]);
    const first = auditsIn(driver.effects.slice(-20)).filter((audit) => audit.startsWith('b'));
    expect(first.slice(0, 2)).toEqual(['b 6', 'b 7']);
  });
});

describe('E21: a holder', () => {
  test('shows something now and then, and does not count from the time that it is late', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.connect('a', ALL);
    answers.answerAll();
    expect(auditsIn(driver.tick(ROUTINE_AUDIT_MS - 1))).toEqual([]);
    expect(auditsIn(driver.tick(1))).toHaveLength(1);
    const [[, piece] = ['', 0]] = answers.ask();
    driver.tick(AUDIT_TIMEOUT_MS);
    expect(driver.snapshot.copies?.mayClose).toBe(true);
    driver.tick(1);
    expect(driver.snapshot.copies?.mayClose).toBe(false);
    // Late is better than never.
    driver.tell({ type: 'audit-answered', peerId: 'a', piece, isTrue: true });
    expect(driver.snapshot.copies?.mayClose).toBe(true);
  });

  test('has its time from when it was asked, not from when we began to read the piece', () => {
    const driver = createSharer(1);
    driver.connect('a', ALL);
    driver.tick(10 * AUDIT_TIMEOUT_MS);
    for (const piece of ALL) driver.tell({ type: 'audit-asked', peerId: 'a', piece });
    driver.tick(AUDIT_TIMEOUT_MS);
    for (const piece of ALL) {
      driver.tell({ type: 'audit-answered', peerId: 'a', piece, isTrue: true });
    }
    expect(driver.snapshot.copies?.mayClose).toBe(true);
  });

  test('case T27; that shows something else counts no more, under no name, and it is told of each', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.connect('a', ALL, 'browser');
    answers.answerAll((_, piece) => piece !== 3);
    expect(driver.snapshot.copies?.minimum).toBe(0);
    expect([...(driver.snapshot.copies?.counts ?? [])]).toEqual([0, 0, 0, 0]);
    // As after a restart of the tracker: the connection stands, and the same browser is found by another name.
    driver.tell({ type: 'peer-connected', peerId: 'b', identity: 'browser', role: 'member' });
    expect(driver.peerIds).toEqual(['a']);
    driver.tell({ type: 'peer-disconnected', peerId: 'a' });
    driver.connect('later', ALL, 'browser');
    driver.tick(ROUTINE_AUDIT_MS);
    answers.answerAll();
    expect(driver.snapshot.copies?.mayClose).toBe(false);
    expect(distrustsIn(driver)).toEqual(['a', 'b', 'later']);
  });

  test('case T27; that goes on talking and shows nothing is distrusted the third time', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.connect('a', ALL);
    answers.answerAll();
    for (let i = 0; i < MAX_UNANSWERED_AUDITS; i += 1) {
      expect(distrustsIn(driver)).toEqual([]);
      driver.tick(ROUTINE_AUDIT_MS);
      answers.ask();
      driver.nowMs += 1;
      driver.hear('a', { type: 'have', piece: 0 });
      driver.tick(AUDIT_TIMEOUT_MS);
    }
    expect(distrustsIn(driver)).toEqual(['a']);
  });

  test('that is silent altogether is not: it may be gone', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.connect('a', ALL);
    answers.answerAll();
    for (let i = 0; i < 3 * MAX_UNANSWERED_AUDITS; i += 1) {
      driver.tick(ROUTINE_AUDIT_MS);
      answers.ask();
      driver.tick(AUDIT_TIMEOUT_MS + 1);
    }
    expect(distrustsIn(driver)).toEqual([]);
    expect(driver.snapshot.copies?.mayClose).toBe(false);
  });

  test('is not blamed for a piece that we cannot read ourselves', () => {
    const driver = createSharer(1);
    driver.connect('a', ALL);
    driver.tell({ type: 'piece-lost', piece: 2 });
    for (const piece of [0, 1, 3]) {
      driver.tell({ type: 'audit-asked', peerId: 'a', piece });
      driver.tell({ type: 'audit-answered', peerId: 'a', piece, isTrue: true });
    }
    driver.tick(2 * AUDIT_TIMEOUT_MS);
    expect([...(driver.snapshot.copies?.counts ?? [])]).toEqual([1, 1, 0, 1]);
  });
});

describe('E21: audits', () => {
  test('are few at a time, of one peer and of all', () => {
    const driver = createSharer(5, 64);
    const everything = [...Array(64).keys()];
    driver.connect('a', everything);
    expect(auditsIn(driver.effects)).toHaveLength(MAX_AUDITS_OF_PEER);
    for (const peerId of ['b', 'c', 'd', 'e', 'f']) driver.connect(peerId, everything);
    expect(auditsIn(driver.effects)).toHaveLength(MAX_AUDITS);
  });

  test('read no more than so many bytes a second', () => {
    const driver = createSharer(1, 64, 4096 * KIB);
    const answers = new Answers(driver);
    driver.connect('a', [...Array(64).keys()]);
    answers.answerAll();
    driver.tick(1_000);
    answers.answerAll();
    const bytes = auditsIn(driver.effects).length * 4096 * KIB;
    expect(bytes).toBeLessThanOrEqual(2 * AUDITED_BYTES_PER_SECOND);
    expect(bytes).toBeGreaterThanOrEqual(AUDITED_BYTES_PER_SECOND);
    for (let i = 0; i < 40; i += 1) {
      driver.tick(500);
      answers.answerAll();
    }
    expect(driver.snapshot.copies?.mayClose).toBe(true);
  });

  test('are made by volunteers a hundred times less often, and by members never', () => {
    for (const role of ['volunteer', 'member'] as const) {
      const driver = new SwarmDriver({ pieceCount: 4, held: ALL, role });
      driver.connect('a', ALL);
      driver.tick(VOLUNTEER_AUDIT_PACE * ROUTINE_AUDIT_MS);
      expect(auditsIn(driver.effects)).toHaveLength(role === 'volunteer' ? 1 : 0);
    }
  });

  test('case T27; a volunteer says so too when it was shown something else', () => {
    const driver = new SwarmDriver({ pieceCount: 4, held: ALL, role: 'volunteer' });
    driver.connect('a', ALL);
    driver.tick(VOLUNTEER_AUDIT_PACE * ROUTINE_AUDIT_MS);
    new Answers(driver).answerAll(() => false);
    expect(distrustsIn(driver)).toEqual(['a']);
  });
});
