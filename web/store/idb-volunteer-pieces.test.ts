import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { createHastyClock } from './hasty-clock.test-helper.ts';
import { createIdbVolunteerPieces } from './idb-volunteer-pieces.ts';
import { describePieceStore } from './piece-store.acceptance.ts';
import { openResilientDatabase } from './resilient-database.ts';

const ONE = formatShareId(new Uint8Array(16).fill(1));
const TWO = formatShareId(new Uint8Array(16).fill(2));

function openPieces(factory = new IDBFactory()) {
  return createIdbVolunteerPieces(
    openResilientDatabase({ name: 'volunteer-pieces', factory }),
    createHastyClock(),
  );
}

describePieceStore('A volunteer’s pieces', () => {
  const pieces = openPieces();
  return (shareId) => pieces.open(shareId, async () => true);
});

test('what does not verify is not given', async () => {
  const store = openPieces().open(ONE, async () => false);
  await store.put(0, new Uint8Array(100));
  expect(await store.get(0)).toBeUndefined();
});

test('forgetting all leaves no piece of any share', async () => {
  const factory = new IDBFactory();
  for (const shareId of [ONE, TWO]) {
    await openPieces(factory)
      .open(shareId, async () => true)
      .put(0, new Uint8Array(100));
  }
  await openPieces(factory).clear();
  for (const shareId of [ONE, TWO]) {
    expect(
      await openPieces(factory)
        .open(shareId, async () => true)
        .held(),
    ).toEqual([]);
  }
});
