import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { set } from 'idb-keyval';
import { describe, expect, test } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { IdbPieceStore } from './idb-piece-store.ts';
import { describePieceStore } from './piece-store.acceptance.ts';
import { openResilientDatabase } from './resilient-database.ts';

const SHARE = formatShareId(new Uint8Array(16).fill(1));
const SEALED = new Uint8Array(100).fill(9);

describePieceStore('IdbPieceStore', () => {
  const database = openResilientDatabase({ name: 'pieces', factory: new IDBFactory() });
  return (shareId) => new IdbPieceStore(database, shareId);
});

describe('IdbPieceStore', () => {
  test('D1: what was committed is there for the next store on the database (reload)', async () => {
    const factory = new IDBFactory();
    const before = openResilientDatabase({ name: 'pieces', factory });
    await new IdbPieceStore(before, SHARE).put(4, SEALED);
    const after = new IdbPieceStore(openResilientDatabase({ name: 'pieces', factory }), SHARE);
    expect(await after.held()).toEqual([4]);
    expect(await after.get(4)).toEqual(SEALED);
  });

  test('D1: a record of a wrong shape is not a piece', async () => {
    const database = openResilientDatabase({ name: 'pieces', factory: new IDBFactory() });
    const store = new IdbPieceStore(database, SHARE);
    await set([SHARE, 1], 'not bytes', database);
    await set([SHARE, 'two'], SEALED, database);
    expect(await store.get(1)).toBeUndefined();
    expect(await store.held()).toEqual([1]);
  });

  test('D2: puts that arrive while one transaction runs share the next', async () => {
    const modes: IDBTransactionMode[] = [];
    const database = openResilientDatabase({ name: 'pieces', factory: new IDBFactory() });
    const store = new IdbPieceStore((mode, callback) => {
      modes.push(mode);
      return database(mode, callback);
    }, SHARE);
    const first = store.put(0, SEALED);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.all([first, ...[1, 2, 3, 4].map((piece) => store.put(piece, SEALED))]);
    expect(modes).toEqual(['readwrite', 'readwrite']);
  });

  test('a batch ends at 8 MiB', async () => {
    let transactions = 0;
    const database = openResilientDatabase({ name: 'pieces', factory: new IDBFactory() });
    const store = new IdbPieceStore((mode, callback) => {
      transactions += 1;
      return database(mode, callback);
    }, SHARE);
    const sealed = new Uint8Array(3 * 1024 * 1024);
    await Promise.all([0, 1, 2, 3, 4].map((piece) => store.put(piece, sealed)));
    expect(transactions).toBe(3);
  });
});
