import { describe, expect, test } from 'vitest';
import type { CardCopies } from '../app/app-state.ts';
import { computeCopyRows, computeVerdict } from './verdict.ts';

const MB = 1_000_000;

const SPREADING: CardCopies = {
  target: 2,
  mayClose: false,
  fullCopies: 1,
  columns: Uint8Array.of(1, 2, 2, 1),
  lackingBytes: 12 * MB,
  totalBytes: 40 * MB,
  secondsLeft: 17,
  isAlone: false,
};
const ENOUGH: CardCopies = { ...SPREADING, mayClose: true, fullCopies: 2, lackingBytes: 0 };

describe('the verdict', () => {
  test('to stay says why and for how long', () => {
    expect(computeVerdict(SPREADING, undefined)).toEqual({
      kind: 'stay',
      title: 'Keep this tab open',
      detail: '12.0 MB of 40.0 MB still have fewer than 2 copies elsewhere, about 20 sec.',
    });
  });

  test('of a single copy speaks of none', () => {
    const { detail } = computeVerdict({ ...SPREADING, target: 1 }, undefined);
    expect(detail).toBe('12.0 MB of 40.0 MB still have no copy elsewhere, about 20 sec.');
  });

  test('says that nothing moves, rather than a time', () => {
    const { detail } = computeVerdict({ ...SPREADING, secondsLeft: undefined }, undefined);
    expect(detail).toBe(
      '12.0 MB of 40.0 MB still have fewer than 2 copies elsewhere. Waiting for somebody who has room.',
    );
  });

  test('says that nobody is there who could take copies', () => {
    const { title, detail } = computeVerdict({ ...SPREADING, isAlone: true }, undefined);
    expect(title).toBe('Keep this tab open');
    expect(detail).toMatch(/^Nobody else is here yet/);
  });

  test('lets go when there are enough, and takes that back as soon as there are not', () => {
    expect(computeVerdict(ENOUGH, undefined)).toMatchObject({
      kind: 'close',
      title: 'You can close this tab',
    });
    expect(computeVerdict({ ...ENOUGH, mayClose: false }, undefined).kind).toBe('stay');
  });

  test('does not let go of a tab that something else needs', () => {
    const { kind, title, detail } = computeVerdict(ENOUGH, 'Holiday.mp4');
    expect(kind).toBe('safe');
    expect(title).not.toContain('close');
    expect(detail).toContain('Holiday.mp4');
  });

  test('stays the same words while copies spread, so that it is announced once', () => {
    const later = { ...SPREADING, lackingBytes: MB, secondsLeft: 3 };
    expect(computeVerdict(later, undefined).title).toBe(computeVerdict(SPREADING, undefined).title);
  });
});

describe('the picture', () => {
  test('has one row a copy, filled where so many others hold the piece', () => {
    expect(computeCopyRows({ ...SPREADING, target: 3 })).toEqual([
      { number: 1, percent: '100%', runs: [[0, 4]] },
      { number: 2, percent: '50%', runs: [[1, 3]] },
      { number: 3, percent: '0%', runs: [] },
    ]);
  });

  test('shows copies beyond what was asked for, five at most', () => {
    expect(computeCopyRows({ ...ENOUGH, target: 1, fullCopies: 3 })).toHaveLength(3);
    expect(computeCopyRows({ ...ENOUGH, target: 1, fullCopies: 9 })).toHaveLength(5);
  });

  test('is full only where nothing is missing', () => {
    const columns = new Uint8Array(512).fill(2);
    columns[7] = 0;
    const [first] = computeCopyRows({ ...SPREADING, columns });
    expect(first).toMatchObject({
      percent: '99%',
      runs: [
        [0, 7],
        [8, 512],
      ],
    });
  });
});
