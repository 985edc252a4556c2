import { describe, expect, test } from 'vitest';
import {
  AUDITED_BYTES_PER_SECOND,
  MAX_AUDITS,
  MAX_AUDITS_OF_PEER,
  ROUTINE_AUDIT_MS,
  VOLUNTEER_AUDIT_PACE,
} from './limits.ts';
import { Answers, auditsIn, createSharer, distrustsIn } from './audit-answers.test-helper.ts';
import { SwarmDriver } from './swarm-driver.test-helper.ts';

const KIB = 1024;
const ALL = [0, 1, 2, 3];

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
    driver.hear('b', { type: 'have', pieces: [2] });
    driver.hear('b', { type: 'have', pieces: [3] });
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
    driver.hear('a', { type: 'have', pieces: [2] });
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
