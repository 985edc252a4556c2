import type { UseStore } from 'idb-keyval';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { set } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { createHastyClock } from './hasty-clock.test-helper.ts';
import { IdbDigestJournal } from './idb-digest-journal.ts';
import { openResilientDatabase } from './resilient-database.ts';

const SHARE = formatShareId(new Uint8Array(16).fill(1));
const OTHER_SHARE = formatShareId(new Uint8Array(16).fill(2));

function digest(value: number) {
  return new Uint8Array(32).fill(value);
}

/** A request that fails as browsers let it: who does not prevent it lets the transaction be aborted. */
function failWithoutRoom(store: IDBObjectStore): IDBRequest<IDBValidKey> {
  const request = store.get('nothing');
  const listen = request.addEventListener.bind(request);
  let onError: EventListenerOrEventListenerObject | undefined;
  request.addEventListener = (_: string, listener: EventListenerOrEventListenerObject) => {
    onError = listener;
  };
  listen('success', () => {
    const value = new DOMException('no room', 'QuotaExceededError');
    Object.defineProperty(request, 'error', { value, writable: true });
    const event = new Event('error', { cancelable: true });
    if (typeof onError === 'function') onError(event);
    if (!event.defaultPrevented) store.transaction.abort();
  });
  return request;
}

describe('IdbDigestJournal', () => {
  let factory: IDBFactory;
  let journal: IdbDigestJournal;

  beforeEach(() => {
    factory = new IDBFactory();
    journal = open();
  });

  /** As another tab, or the same one after a reload, opens it. */
  function open(shareId = SHARE) {
    const database = openResilientDatabase({ name: 'digests', factory });
    return new IdbDigestJournal(database, shareId, createHastyClock());
  }

  test('D5: knows every recorded digest, after a reload too, and no other', async () => {
    await Promise.all([0, 1, 2].map((piece) => journal.record(piece, digest(piece))));
    await open().record(2, digest(2));
    await expect(open().record(2, digest(9))).rejects.toMatchObject({ code: 'source-changed' });
    await open().record(3, digest(9));
    await open(OTHER_SHARE).record(2, digest(9));
  });

  test('D5: a committed digest never changes: another one is source-changed', async () => {
    await journal.record(0, digest(1));
    const both = [journal.record(0, digest(2)), journal.record(1, digest(3))];
    await expect(both[0]).rejects.toMatchObject({ name: 'StoreError', code: 'source-changed' });
    await both[1];
    await journal.record(0, digest(1));
    await expect(journal.record(1, digest(1))).rejects.toMatchObject({ code: 'source-changed' });
  });

  test('P6, D5: of two tabs that seal different bytes at once, one is refused', async () => {
    const results = await Promise.allSettled([
      journal.record(0, digest(1)),
      open().record(0, digest(2)),
    ]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('D5, D10: a digest that could not be written is not taken for a recorded one', async () => {
    const database = openResilientDatabase({ name: 'digests', factory });
    const full: UseStore = (mode, callback) =>
      database(mode, (store) => {
        store.add = () => failWithoutRoom(store);
        return callback(store);
      });
    const recording = new IdbDigestJournal(full, SHARE, createHastyClock()).record(0, digest(1));
    await expect(recording).rejects.toMatchObject({ name: 'StoreError' });
  });

  test('D5: a damaged entry is an error, not an unsealed piece', async () => {
    const database = openResilientDatabase({ name: 'digests', factory });
    await set([SHARE, 0], new Uint8Array(31), database);
    await expect(journal.record(0, digest(1))).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('D9: clear forgets this share alone', async () => {
    await journal.record(0, digest(1));
    await open(OTHER_SHARE).record(0, digest(2));
    await journal.clear();
    await journal.record(0, digest(9));
    await expect(open(OTHER_SHARE).record(0, digest(9))).rejects.toMatchObject({
      code: 'source-changed',
    });
  });
});
