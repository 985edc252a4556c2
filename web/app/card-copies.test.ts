import { expect, test } from 'vitest';
import { computeGeometry } from '../../shared/share/geometry.ts';
import { computeCardCopies } from './card-copies.ts';

const NOBODY = { secondsLeft: undefined, connectedPeers: 0 };

test('the bytes that lack copies are those of the pieces that have fewer than asked for', () => {
  const geometry = computeGeometry(2 * 65_536 + 100);
  const counts = Uint8Array.of(2, 1, 0);
  const snapshot = { target: 2, mayClose: false, minimum: 0, counts };
  const copies = computeCardCopies(snapshot, geometry, { secondsLeft: 7, connectedPeers: 1 });
  expect(copies).toMatchObject({
    lackingBytes: 65_536 + 100,
    totalBytes: geometry.streamLength,
    secondsLeft: 7,
    isAlone: false,
  });
  expect([...copies.columns]).toEqual([2, 1, 0]);
});

test('of thousands of pieces each column shows the worst of its own', () => {
  const geometry = computeGeometry(65_536 * 65_536);
  const counts = new Uint8Array(geometry.pieceCount).fill(3);
  counts[0] = 1;
  counts[geometry.pieceCount - 1] = 0;
  const snapshot = { target: 1, mayClose: false, minimum: 0, counts };
  const { columns } = computeCardCopies(snapshot, geometry, NOBODY);
  expect(columns).toHaveLength(512);
  expect([columns[0], columns[1], columns[510], columns[511]]).toEqual([1, 3, 3, 0]);
});

test('there is no time left to tell once the tab may be closed', () => {
  const geometry = computeGeometry(100);
  const snapshot = { target: 1, mayClose: true, minimum: 1, counts: Uint8Array.of(1) };
  const copies = computeCardCopies(snapshot, geometry, { secondsLeft: 7, connectedPeers: 1 });
  expect(copies.secondsLeft).toBeUndefined();
});
