import type { PieceRange } from '../../shared/share/piece-ranges.ts';
import { expect, test } from 'vitest';
import { RunningPieces } from './running-pieces.ts';

class FakeRunner {
  readonly focuses: (readonly PieceRange[])[] = [];
  readonly rechecks: string[] = [];
  stored: Uint8Array<ArrayBuffer> | undefined = new Uint8Array([1]);
  readonly has = () => this.stored !== undefined;
  readonly read = async () => this.stored;
  readonly recheck = async (depth: string) => void this.rechecks.push(depth);
  readonly setFocus = (ranges: readonly PieceRange[]) => void this.focuses.push(ranges);
}

test('F4: a share that was paused and goes on in another swarm keeps its focus', () => {
  let runner: FakeRunner | undefined;
  const pieces = new RunningPieces(() => runner);
  pieces.focus([[1, 2]]);
  expect(pieces.has(1)).toBe(false);
  const first = new FakeRunner();
  runner = first;
  expect(pieces.has(1)).toBe(true);
  expect(pieces.has(2)).toBe(true);
  expect(first.focuses).toEqual([[[1, 2]]]);
  runner = undefined;
  pieces.has(1);
  const second = new FakeRunner();
  runner = second;
  pieces.has(1);
  pieces.focus([]);
  expect(second.focuses).toEqual([[[1, 2]], []]);
});

test('D12: where one piece cannot be read, all are looked at again', async () => {
  const runner = new FakeRunner();
  const pieces = new RunningPieces(() => runner);
  expect(await pieces.get(0)).toEqual(new Uint8Array([1]));
  expect(runner.rechecks).toEqual([]);
  runner.stored = undefined;
  expect(await pieces.get(0)).toBeUndefined();
  expect(runner.rechecks).toEqual(['bytes']);
});
