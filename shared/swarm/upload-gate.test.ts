import { describe, expect, test } from 'vitest';
import { MAX_BUSY_MS, MAX_GATE_WIDTH, MIN_CROWD, MIN_UPLOAD_QUEUE_BYTES } from './limits.ts';
import { UploadGate } from './upload-gate.ts';

const PIECE = 65_536;
const FULL = [MIN_UPLOAD_QUEUE_BYTES / 2, MIN_UPLOAD_QUEUE_BYTES / 2];
const member = { loadBytes: 0, isNewcomer: false, waitMs: 0 };

/** An uplink that is busy for so many rounds, while others are put off all the time. Returns the width in each. */
function keepBusy(
  gate: UploadGate,
  rounds: number,
  computeBytesPerMs: (width: number) => number,
  startMs = 0,
): readonly number[] {
  const stepMs = 100;
  let nowMs = startMs;
  const widths: number[] = [];
  for (let i = 0; i <= rounds * 10; i += 1) {
    const width = findWidth(gate, nowMs);
    if (i > 0) gate.recordLeft(computeBytesPerMs(width) * stepMs);
    gate.recordPending(PIECE, nowMs);
    if (i % 10 === 5) widths.push(width);
    nowMs += stepMs;
  }
  return widths;
}

/** How many times the least limit the gate takes, of peers that each have half of that on their way. */
function findWidth(gate: UploadGate, nowMs: number): number {
  const others: number[] = [MIN_UPLOAD_QUEUE_BYTES / 2];
  while (gate.mayBegin(member, others, PIECE, nowMs)) others.push(MIN_UPLOAD_QUEUE_BYTES / 2);
  return others.length / 2;
}

describe('the upload gate', () => {
  test('E18: one receiver alone is never put off', () => {
    expect(new UploadGate().mayBegin({ ...member, loadBytes: 1e9 }, [0, 0], PIECE, 0)).toBe(true);
  });

  test('E18: where enough is on its way to others, a piece has to wait; a newcomer finds room still', () => {
    const gate = new UploadGate();
    expect(gate.mayBegin(member, FULL.slice(1), PIECE, 0)).toBe(true);
    expect(gate.mayBegin(member, FULL, PIECE, 0)).toBe(false);
    expect(gate.mayBegin({ ...member, isNewcomer: true }, FULL, PIECE, 0)).toBe(true);
    expect(gate.mayBegin({ ...member, isNewcomer: true }, [...FULL, ...FULL], PIECE, 0)).toBe(
      false,
    );
  });

  test('E18: in a crowd half as much is on its way, and no longer when it has gone', () => {
    const gate = new UploadGate();
    const halfFull = FULL.map((bytes) => bytes / 2);
    const mayBegin = () => gate.mayBegin(member, halfFull, PIECE, 0);
    expect(mayBegin()).toBe(true);
    gate.recordNeighbours(MIN_CROWD);
    expect(mayBegin()).toBe(false);
    expect(gate.mayBegin({ ...member, isNewcomer: true }, halfFull, PIECE, 0)).toBe(true);
    expect(gate.mayBegin(member, halfFull.slice(1), PIECE, 0)).toBe(true);
    gate.recordNeighbours(MIN_CROWD - 1);
    expect(mayBegin()).toBe(true);
  });

  test('E18: somebody who asked for very much keeps nobody out', () => {
    expect(new UploadGate().mayBegin(member, [1e9], PIECE, 0)).toBe(true);
  });

  test('E18: who has waited for long gets in although the gate is shut, one in four', () => {
    const gate = new UploadGate();
    gate.recordPending(PIECE, 0);
    gate.recordLeft(100_000);
    gate.recordPending(PIECE, 100);
    const patient = { ...member, waitMs: 5_000 };
    const ask = (nowMs: number) => gate.mayBegin(patient, [...FULL, ...FULL], PIECE, nowMs);
    expect(ask(100)).toBe(true);
    expect(ask(101)).toBe(false);
    const inFourMs = (4 * PIECE) / 1_000;
    expect(ask(100 + inFourMs - 1)).toBe(false);
    expect(ask(101 + inFourMs)).toBe(true);
    expect(gate.mayBegin({ ...member, waitMs: 100 }, [...FULL, ...FULL], PIECE, 9_000)).toBe(false);
  });

  test('E18: those who wait are told different times, none longer than allowed', () => {
    const gate = new UploadGate();
    const times = Array.from({ length: 40 }, () => gate.appoint(FULL, PIECE, 0));
    expect(new Set(times.slice(0, 5)).size).toBe(5);
    for (const time of times) {
      expect(time).toBeGreaterThan(0);
      expect(time).toBeLessThanOrEqual(MAX_BUSY_MS);
    }
    const late = times.filter((time) => time > MAX_BUSY_MS / 2).length;
    expect(late).toBeGreaterThan(10);
    expect(late).toBeLessThan(30);
  });

  test('where nothing leaves at all, times are still numbers', () => {
    const gate = new UploadGate();
    for (let nowMs = 0; nowMs <= 600_000; nowMs += 500) gate.recordPending(PIECE, nowMs);
    expect(gate.appoint(FULL, PIECE, 600_000)).toBe(MAX_BUSY_MS);
  });

  test('a while in which nothing was pending, or nobody said so, is not taken for a slow one', () => {
    const gate = new UploadGate();
    for (let nowMs = 0; nowMs <= 3_000; nowMs += 100) {
      gate.recordLeft(100_000);
      gate.recordPending(PIECE, nowMs);
    }
    gate.recordPending(0, 3_001);
    gate.recordPending(PIECE, 600_000);
    gate.recordLeft(100_000);
    gate.recordPending(PIECE, 600_100);
    expect(gate.appoint(FULL, PIECE, 600_100)).toBeLessThan(150);
  });

  test('a fast uplink has more on its way', () => {
    const gate = new UploadGate();
    gate.recordPending(PIECE, 0);
    gate.recordLeft(2_000_000);
    gate.recordPending(PIECE, 100);
    expect(findWidth(gate, 100)).toBeGreaterThan(10);
  });

  test('where more on its way makes no more leave, the gate is soon as it was, and seldom tried again', () => {
    const widths = keepBusy(new UploadGate(), 60, () => 400);
    expect(widths.filter((width) => width > 1).length).toBeLessThanOrEqual(5);
    expect(Math.max(...widths)).toBe(2);
  });

  test('where losses hold back each connection, the gate opens until the uplink is full', () => {
    const widths = keepBusy(new UploadGate(), 20, (width) => Math.min(100 * width, 800));
    expect(widths.at(-1)).toBe(8);
  });

  test('E18: a gate that is wider because losses hold back each connection is not halved in a crowd', () => {
    const gate = new UploadGate();
    gate.recordNeighbours(MIN_CROWD);
    const widths = keepBusy(gate, 20, (width) => Math.min(100 * width, 800));
    expect(widths.at(-1)).toBe(8);
  });

  test('it opens no wider than allowed, and narrows when that is no longer needed', () => {
    const gate = new UploadGate();
    expect(keepBusy(gate, 20, (width) => 40 * width).at(-1)).toBe(MAX_GATE_WIDTH);
    expect(keepBusy(gate, 300, () => 640, 30_000).at(-1)).toBe(1);
  });
});
