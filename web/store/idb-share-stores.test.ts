import type { UseStore } from 'idb-keyval';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { keys } from 'idb-keyval';
import { expect, test, vi } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { createHastyClock } from './hasty-clock.test-helper.ts';
import { createIdbShareStores } from './idb-share-stores.ts';
import { openResilientDatabase } from './resilient-database.ts';

const FULL: UseStore = () => Promise.reject(new StoreError('quota-exceeded'));
const SHARE = formatShareId(new Uint8Array(16).fill(1));

function openDigests(): UseStore {
  return openResilientDatabase({ name: 'digests', factory: new IDBFactory() });
}

test('the pieces’ database is open before a download begins, and is opened once', async () => {
  const factory = new IDBFactory();
  const open = vi.spyOn(factory, 'open');
  const pieces = openResilientDatabase({ name: 'pieces', factory });
  const stores = createIdbShareStores(pieces, openDigests(), createHastyClock());
  expect(open).toHaveBeenCalledTimes(1);
  expect(await stores.pieces(SHARE, async () => true).held()).toEqual([]);
  expect(open).toHaveBeenCalledTimes(1);
});

test('a database that cannot be opened yet is no news until a share needs it', async () => {
  const pieces = vi.fn<() => Promise<never>>(() => Promise.reject(new StoreError('unavailable')));
  const stores = createIdbShareStores(pieces, openDigests(), createHastyClock());
  expect(pieces).toHaveBeenCalledTimes(1);
  await expect(stores.pieces(SHARE, async () => true).held()).rejects.toThrow(StoreError);
});

test('D10: room is there where a value of that length can be stored, and none of it stays', async () => {
  const pieces = openResilientDatabase({ name: 'pieces', factory: new IDBFactory() });
  const stored: unknown[] = [];
  const watched: UseStore = (mode, callback) =>
    pieces(mode, (store) => {
      vi.spyOn(store, 'put').mockImplementation((value: unknown, key) => {
        stored.push(value);
        return IDBObjectStore.prototype.put.call(store, value, key);
      });
      return callback(store);
    });
  const stores = createIdbShareStores(watched, openDigests(), createHastyClock());
  expect(await stores.hasRoom(200_000)).toBe(true);
  expect(stored).toEqual([expect.objectContaining({ byteLength: 200_000 })]);
  expect(await keys(pieces)).toEqual([]);
  expect(await createIdbShareStores(FULL, FULL, createHastyClock()).hasRoom(1)).toBe(false);
});
