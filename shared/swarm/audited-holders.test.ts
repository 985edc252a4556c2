import { describe, expect, test } from 'vitest';
import { Answers, auditsIn, createSharer, distrustsIn } from './audit-answers.test-helper.ts';
import {
  AUDIT_TIMEOUT_MS,
  MAX_LATE_MS,
  MAX_UNANSWERED_AUDITS,
  ROUTINE_AUDIT_MS,
} from './limits.ts';

const KIB = 1024;
const ALL = [0, 1, 2, 3];

/** A sharer that asks for one copy, and a peer that has shown it. */
function createHolder() {
  const driver = createSharer(1);
  const answers = new Answers(driver);
  driver.connect('a', ALL);
  answers.answerAll();
  return { driver, answers };
}

describe('E21: a holder', () => {
  test('shows something now and then, and does not count from the time that it is late', () => {
    const { driver, answers } = createHolder();
    expect(auditsIn(driver.tick(ROUTINE_AUDIT_MS - 1))).toEqual([]);
    expect(auditsIn(driver.tick(1))).toHaveLength(1);
    const [[, piece] = ['', 0]] = answers.ask();
    driver.tick(AUDIT_TIMEOUT_MS);
    expect(driver.snapshot.copies?.mayClose).toBe(true);
    driver.tick(1);
    expect(driver.snapshot.copies?.mayClose).toBe(false);
    // It may have kept the answer alone.
    driver.tell({ type: 'audit-answered', peerId: 'a', piece, isTrue: true });
    expect(driver.snapshot.copies?.mayClose).toBe(false);
    answers.answerAll();
    expect(driver.snapshot.copies?.mayClose).toBe(true);
  });

  test('is not blamed for a question that waits behind our own blocks, nor counted for old answers meanwhile', () => {
    const { driver, answers } = createHolder();
    const block = { peerId: 'a', piece: 0, block: 0, byteLength: 64 * KIB };
    driver.tell({ type: 'block-sent', ...block, bufferedBytes: 64 * KIB });
    driver.tick(ROUTINE_AUDIT_MS);
    const [[, piece] = ['', 0]] = answers.ask();
    for (let i = 0; i < 2 * MAX_UNANSWERED_AUDITS; i += 1) {
      driver.hear('a', { type: 'have', pieces: [0] });
      driver.tick(AUDIT_TIMEOUT_MS);
      driver.tell({ type: 'drained', peerId: 'a', bufferedBytes: (60 - 8 * i) * KIB });
    }
    expect(distrustsIn(driver)).toEqual([]);
    expect(driver.snapshot.copies?.mayClose).toBe(false);
    driver.tell({ type: 'drained', peerId: 'a', bufferedBytes: 0 });
    driver.tell({ type: 'audit-answered', peerId: 'a', piece, isTrue: true });
    expect(driver.snapshot.copies?.mayClose).toBe(true);
  });

  test('does not have more time where nothing leaves: it may be gone', () => {
    const { driver, answers } = createHolder();
    const block = { peerId: 'a', piece: 0, block: 0, byteLength: 64 * KIB };
    driver.tell({ type: 'block-sent', ...block, bufferedBytes: 64 * KIB });
    driver.tick(ROUTINE_AUDIT_MS);
    answers.ask();
    driver.tick(AUDIT_TIMEOUT_MS + 1);
    expect(driver.snapshot.copies?.mayClose).toBe(false);
  });

  test('is asked for what we could not read before and can now', () => {
    const driver = createSharer(1);
    const answers = new Answers(driver);
    driver.tell({ type: 'piece-lost', piece: 2 });
    driver.connect('a', ALL);
    answers.answerAll();
    expect([...(driver.snapshot.copies?.counts ?? [])]).toEqual([1, 1, 0, 1]);
    driver.tell({ type: 'pieces-gained', pieces: [2] });
    driver.tick(1);
    answers.answerAll();
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
    const { driver, answers } = createHolder();
    for (let i = 0; i < MAX_UNANSWERED_AUDITS; i += 1) {
      expect(distrustsIn(driver)).toEqual([]);
      driver.tick(ROUTINE_AUDIT_MS);
      answers.ask();
      driver.nowMs += 1;
      driver.hear('a', { type: 'have', pieces: [0] });
      driver.tick(AUDIT_TIMEOUT_MS);
    }
    expect(distrustsIn(driver)).toEqual(['a']);
  });

  test('that is silent altogether is not: it may be gone', () => {
    const { driver, answers } = createHolder();
    driver.tick(ROUTINE_AUDIT_MS);
    answers.ask();
    driver.tick(AUDIT_TIMEOUT_MS + 1);
    for (let i = 0; i < 3 * MAX_UNANSWERED_AUDITS; i += 1) {
      driver.tick(AUDIT_TIMEOUT_MS + 1);
    }
    expect(distrustsIn(driver)).toEqual([]);
    expect(driver.snapshot.copies?.mayClose).toBe(false);
  });

  test('that shows nothing in time for two minutes is no copy for the tracker, and one here when it does again', () => {
    const { driver, answers } = createHolder();
    driver.tick(ROUTINE_AUDIT_MS);
    answers.ask();
    driver.tick(AUDIT_TIMEOUT_MS + 1);
    driver.tick(MAX_LATE_MS - 1);
    expect(distrustsIn(driver)).toEqual([]);
    driver.tick(1);
    expect(distrustsIn(driver)).toEqual(['a']);
    // Nothing that it has shown before counts for more than it shows now.
    answers.answerAll((_, piece) => (piece === 2 ? undefined : true));
    expect([...(driver.snapshot.copies?.counts ?? [])]).toEqual([1, 1, 0, 1]);
    driver.tell({ type: 'audit-answered', peerId: 'a', piece: 2, isTrue: true });
    expect(driver.snapshot.copies?.mayClose).toBe(true);
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
