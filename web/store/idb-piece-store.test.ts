import type { UseStore } from 'idb-keyval';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { keys, set } from 'idb-keyval';
import { describe, expect, test, vi } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { createHastyClock } from './hasty-clock.test-helper.ts';
import { IdbPieceStore } from './idb-piece-store.ts';
import { makeBundle } from './piece-bundle.ts';
import { describePieceStore } from './piece-store.acceptance.ts';
import { openResilientDatabase } from './resilient-database.ts';

const SHARE = formatShareId(new Uint8Array(16).fill(1));

function sealed(piece: number) {
  return new Uint8Array(100 + piece).fill(piece);
}

function openDatabase(factory = new IDBFactory()): UseStore {
  return openResilientDatabase({ name: 'pieces', factory });
}

function openStore(database: UseStore) {
  return new IdbPieceStore(database, SHARE, createHastyClock());
}

/** As a browser does that keeps no Blobs in its databases. */
function refuseBlobs(database: UseStore, code: 'unavailable' | 'quota-exceeded'): UseStore {
  return (mode, callback) =>
    database(mode, (store) => {
      const put = store.put.bind(store);
      store.put = (value, key) => {
        if (value.body instanceof Blob) throw new StoreError(code);
        return put(value, key);
      };
      return callback(store);
    });
}

describePieceStore('IdbPieceStore', () => {
  const database = openDatabase();
  return (shareId) => new IdbPieceStore(database, shareId, createHastyClock());
});

describePieceStore('IdbPieceStore where Blobs are refused', () => {
  const database = openDatabase();
  const picky = refuseBlobs(database, 'unavailable');
  return (shareId) => new IdbPieceStore(picky, shareId, createHastyClock());
});

describe('IdbPieceStore', () => {
  test('D1: what was committed is there for the next store on the database (reload)', async () => {
    const factory = new IDBFactory();
    const before = openStore(openDatabase(factory));
    await Promise.all([4, 2].map((piece) => before.put(piece, sealed(piece))));
    const after = openStore(openDatabase(factory));
    expect(await after.held()).toEqual([2, 4]);
    expect(await after.get(4)).toEqual(sealed(4));
    expect(await after.get(2)).toEqual(sealed(2));
  });

  test('pieces that come together are one value', async () => {
    const database = openDatabase();
    const store = openStore(database);
    await Promise.all([3, 1, 2].map((piece) => store.put(piece, sealed(piece))));
    expect(await keys(database)).toEqual([[SHARE, 3, 1, 2]]);
  });

  test('a piece that is removed or put again leaves the others of its value alone', async () => {
    const store = openStore(openDatabase());
    await Promise.all([3, 1, 2].map((piece) => store.put(piece, sealed(piece))));
    await store.remove(1);
    expect(await store.held()).toEqual([2, 3]);
    await store.put(2, sealed(9));
    expect(await Promise.all([1, 2, 3].map((piece) => store.get(piece)))).toEqual([
      undefined,
      sealed(9),
      sealed(3),
    ]);
  });

  test.each(['blob', 'bytes'] as const)(
    'of a value in the form of %s whose end is lost, a piece that is removed takes only what is lost along',
    async (form) => {
      const database = openDatabase();
      const { lengths, body } = makeBundle([3, 1, 2].map(sealed), form);
      await set([SHARE, 3, 1, 2], { lengths, body: body.slice(0, -1) }, database);
      const store = openStore(database);
      await store.remove(1);
      expect(await store.held()).toEqual([3]);
      expect(await store.get(3)).toEqual(sealed(3));
      expect(await store.get(2)).toBeUndefined();
      await store.put(2, sealed(2));
      expect(await store.get(2)).toEqual(sealed(2));
    },
  );

  test('of a Blob that can be read here and there, a piece that is removed leaves alone what can be read', async () => {
    const store = openStore(openDatabase());
    await Promise.all([3, 1, 2].map((piece) => store.put(piece, sealed(piece))));
    const reading = vi.spyOn(Blob.prototype, 'arrayBuffer');
    reading.mockRejectedValueOnce(new DOMException('lost', 'NotReadableError'));
    await store.remove(1);
    reading.mockRestore();
    expect(await store.held()).toEqual([2]);
    expect(await store.get(2)).toEqual(sealed(2));
  });

  test('D2: a piece whose value cannot be read at all takes its neighbours along, and may be put again', async () => {
    const database = openDatabase();
    const before = openStore(database);
    await Promise.all([3, 1, 2].map((piece) => before.put(piece, sealed(piece))));
    let isLost = true;
    const store = openStore((mode, callback) =>
      database(mode, (entries) => {
        entries.get = (key) => {
          if (isLost) throw new DOMException('lost', 'DataError');
          return IDBObjectStore.prototype.get.call(entries, key);
        };
        return callback(entries);
      }),
    );
    await store.put(1, sealed(1));
    isLost = false;
    expect(await store.held()).toEqual([1]);
    expect(await store.get(1)).toEqual(sealed(1));
  });

  test('D2: a failure that passes while a value is read takes nothing away', async () => {
    const database = openDatabase();
    const before = openStore(database);
    await Promise.all([3, 1, 2].map((piece) => before.put(piece, sealed(piece))));
    let isFailing = true;
    const store = openStore((mode, callback) =>
      database(mode, (entries) => {
        entries.get = (key) => {
          if (isFailing) throw new DOMException('no memory', 'UnknownError');
          return IDBObjectStore.prototype.get.call(entries, key);
        };
        return callback(entries);
      }),
    );
    await expect(store.remove(1)).rejects.toThrow(StoreError);
    isFailing = false;
    expect(await Promise.all([1, 2, 3].map((piece) => store.get(piece)))).toEqual(
      [1, 2, 3].map((piece) => sealed(piece)),
    );
    await store.remove(1);
    expect(await store.held()).toEqual([2, 3]);
  });

  test('what stays of a Blob is written as bytes where Blobs are refused by now', async () => {
    const database = openDatabase();
    const before = openStore(database);
    await Promise.all([3, 1, 2].map((piece) => before.put(piece, sealed(piece))));
    const store = openStore(refuseBlobs(database, 'unavailable'));
    await store.remove(1);
    expect(await Promise.all([1, 2, 3].map((piece) => store.get(piece)))).toEqual([
      undefined,
      sealed(2),
      sealed(3),
    ]);
  });

  test('D9: what another tab clears while a piece is being removed does not come back', async () => {
    const database = openDatabase();
    const other = openStore(database);
    await Promise.all([3, 1, 2].map((piece) => other.put(piece, sealed(piece))));
    const store = openStore(async (mode, callback) => {
      if (mode === 'readwrite') await other.clear();
      return database(mode, callback);
    });
    await store.remove(1);
    expect(await store.held()).toEqual([]);
  });

  test('of two tabs each finds what is left when the other one removes a piece', async () => {
    const database = openDatabase();
    const [one, other] = [openStore(database), openStore(database)];
    await Promise.all([1, 2].map((piece) => one.put(piece, sealed(piece))));
    expect(await other.get(1)).toEqual(sealed(1));
    await one.remove(1);
    expect(await other.get(2)).toEqual(sealed(2));
    expect(await other.get(1)).toBeUndefined();
  });

  test('case S3; D1: a record of a wrong shape is not a piece', async () => {
    const database = openDatabase();
    const store = openStore(database);
    await set([SHARE, 1], 'no bundle', database);
    await set([SHARE, 2, 3], { lengths: [5], body: new Uint8Array(5) }, database);
    await set([SHARE, 4], { lengths: [50], body: new Uint8Array(5) }, database);
    await set([SHARE, 'five'], { lengths: [5], body: new Uint8Array(5) }, database);
    const pieces = await Promise.all([1, 2, 3, 4].map((piece) => store.get(piece)));
    expect(pieces).toEqual([undefined, undefined, undefined, undefined]);
    expect(await store.held()).toEqual([1, 2, 3, 4]);
  });

  test('D1: what was put and is not written yet counts as held', async () => {
    const store = openStore(openDatabase());
    const putting = store.put(1, sealed(1));
    expect(await store.held()).toEqual([1]);
    await putting;
  });

  test('case S1; D10: a full disk takes nothing away when a piece is to be removed', async () => {
    const database = openDatabase();
    const before = openStore(database);
    await Promise.all([1, 2].map((piece) => before.put(piece, sealed(piece))));
    const store = openStore((mode, callback) =>
      mode === 'readwrite'
        ? Promise.reject(new StoreError('quota-exceeded'))
        : database(mode, callback),
    );
    await expect(store.remove(1)).rejects.toMatchObject({ code: 'quota-exceeded' });
    expect(await store.get(2)).toEqual(sealed(2));
  });

  test('D2: a full disk fails the write, and is not mistaken for a refused Blob', async () => {
    const store = openStore(refuseBlobs(openDatabase(), 'quota-exceeded'));
    await expect(store.put(1, sealed(1))).rejects.toMatchObject({ code: 'quota-exceeded' });
    expect(await store.held()).toEqual([]);
  });
});
