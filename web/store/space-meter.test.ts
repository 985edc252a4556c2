import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { set } from 'idb-keyval';
import { expect, test } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { openResilientDatabase } from './resilient-database.ts';
import { createSpaceMeter } from './space-meter.ts';

const FIRST = formatShareId(new Uint8Array(16).fill(1));
const SECOND = formatShareId(new Uint8Array(16).fill(2));

function openDatabase() {
  return openResilientDatabase({ name: 'pieces', factory: new IDBFactory() });
}

test('lists the pieces of every share by their keys, and passes over what is not ours', async () => {
  const database = openDatabase();
  for (const key of [[FIRST, 0, 1], [FIRST, 7], [SECOND, 3], ['?', 1], 'else']) {
    await set(key, 'bytes', database);
  }
  const meter = createSpaceMeter(database, { estimate: async () => ({}) });
  expect(await meter.listPieces()).toEqual(
    new Map([
      [FIRST, [0, 1, 7]],
      [SECOND, [3]],
    ]),
  );
});

function says(estimate: () => Promise<StorageEstimate>) {
  return createSpaceMeter(openDatabase(), { estimate }).measure();
}

test('a browser that does not say how much is used, or refuses to, says nothing', async () => {
  expect(await says(async () => ({ usage: 5, quota: 100 }))).toEqual({
    usedBytes: 5,
    quotaBytes: 100,
  });
  expect(await says(async () => ({ quota: 100 }))).toBeUndefined();
  expect(await says(() => Promise.reject(new TypeError('not here')))).toBeUndefined();
});
