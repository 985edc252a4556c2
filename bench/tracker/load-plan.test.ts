import { expect, test } from 'vitest';
import { createRandom } from '../../shared/swarm/random.ts';
import type { LoadStep } from './load-plan.ts';
import { planLoad } from './load-plan.ts';

const SECONDS = 6;
const SEATS = Array.from({ length: 400 }, (_, seat) => ({
  share: seat % 7,
  pieceCount: 1 + 50 * (seat % 7),
}));

function plan(seed: number): LoadStep[] {
  return planLoad(SEATS, SECONDS, createRandom(seed));
}

function stepsOf<Kind extends LoadStep['kind']>(steps: readonly LoadStep[], kind: Kind) {
  return steps.filter((step): step is Extract<LoadStep, { kind: Kind }> => step.kind === kind);
}

test('the same seed gives the same steps, and another seed gives others', () => {
  expect(plan(1)).toEqual(plan(1));
  expect(plan(1)).not.toEqual(plan(2));
});

test('steps come in the order of their time, and none after the end', () => {
  const times = plan(1).map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(-1)).toBeLessThanOrEqual(SECONDS * 1000);
});

test('everything that peers do happens at its rate', () => {
  const steps = plan(1);
  const countOf = (kind: LoadStep['kind']) => stepsOf(steps, kind).length;
  const peerSeconds = SEATS.length * SECONDS;
  expect(countOf('gain')).toBe(0.25 * peerSeconds);
  expect(countOf('signal')).toBe(0.3 * peerSeconds);
  expect(countOf('find')).toBe(0.03 * peerSeconds);
  expect(countOf('announce')).toBe(0.02 * peerSeconds);
  expect(countOf('leave')).toBe(countOf('come'));
  expect(countOf('leave')).toBeGreaterThan(0);
});

test('nobody speaks or is spoken to around its absence', () => {
  const steps = plan(1);
  const comings = stepsOf(steps, 'come');
  for (const left of stepsOf(steps, 'leave')) {
    const back = comings.find(({ seat, atMs }) => seat === left.seat && atMs > left.atMs);
    const backMs = back?.atMs ?? 0;
    expect(backMs).toBeGreaterThan(left.atMs);
    const meant = steps.filter(
      (step) =>
        step.kind !== 'leave' &&
        step.kind !== 'come' &&
        (step.seat === left.seat || (step.kind === 'signal' && step.to === left.seat)) &&
        step.atMs > left.atMs - 900 &&
        step.atMs < backMs + 900,
    );
    expect(meant).toEqual([]);
  }
});

test('signals stay within a share, and gains within its pieces', () => {
  const steps = plan(1);
  for (const { seat, to } of stepsOf(steps, 'signal')) {
    expect(to).not.toBe(seat);
    expect(SEATS[to]?.share).toBe(SEATS[seat]?.share);
  }
  for (const { seat, gained } of stepsOf(steps, 'gain')) {
    for (const [first, last] of gained) {
      expect(first).toBeLessThanOrEqual(last);
      expect(last).toBeLessThan(SEATS[seat]?.pieceCount ?? 0);
    }
  }
});

test('who is alone has nobody to signal to', () => {
  const steps = planLoad([{ share: 0, pieceCount: 2 }], 2, createRandom(1));
  expect(stepsOf(steps, 'signal')).toEqual([]);
});
