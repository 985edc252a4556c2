import { expect, test } from 'vitest';

import { AT_ONCE_MS, NEVER_MS } from '../../shared/share/share-end.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import type { BookedEnd } from './end-book.ts';
import { EndBook } from './end-book.ts';

function shareIdOf(index: number) {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(0, index);
  return formatShareId(bytes);
}

function endAt(endAtMs: number, serial = 1): BookedEnd {
  return { endAtMs, serial, statement: new Uint8Array(76) };
}

const [A, B] = [shareIdOf(1), shareIdOf(2)];

test('T34: the highest serial holds, whatever it says', () => {
  const book = new EndBook();
  expect(book.book(A, endAt(1000, 2))).toBe(true);
  expect(book.book(A, endAt(AT_ONCE_MS, 1))).toBe(false);
  expect(book.book(A, endAt(AT_ONCE_MS, 2))).toBe(false);
  expect(book.get(A)?.endAtMs).toBe(1000);
  expect(book.book(A, endAt(NEVER_MS, 3))).toBe(true);
  expect(book.past(A, NEVER_MS - 1)).toBeUndefined();
});

test('T35: a share has ended at its time and not before, and one that was told at once already has', () => {
  const book = new EndBook();
  book.book(A, endAt(1000));
  book.book(B, endAt(AT_ONCE_MS));
  expect(book.past(A, 999)).toBeUndefined();
  expect(book.past(A, 1000)?.endAtMs).toBe(1000);
  expect(book.past(B, 0)?.endAtMs).toBe(0);
  expect(book.past(shareIdOf(3), 1000)).toBeUndefined();
});

test('T35: each share that ends is named once, and again where its end was moved and has come', () => {
  const book = new EndBook();
  book.book(A, endAt(1000));
  book.book(B, endAt(2000));
  expect(book.takeEnded(999)).toEqual([]);
  expect(book.takeEnded(1500)).toEqual([A]);
  expect(book.takeEnded(1500)).toEqual([]);
  book.book(A, endAt(3000, 2));
  expect(book.takeEnded(2500)).toEqual([B]);
  expect(book.takeEnded(9000)).toEqual([A]);
});

test('T34: of too many the first told is forgotten, and its time comes for nobody', () => {
  const book = new EndBook(2);
  for (const index of [1, 2, 3]) book.book(shareIdOf(index), endAt(1000));
  expect(book.count).toBe(2);
  expect(book.past(A, 1000)).toBeUndefined();
  expect(book.takeEnded(1000)).toEqual([B, shareIdOf(3)]);
});
