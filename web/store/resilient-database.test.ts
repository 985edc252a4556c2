import type { UseStore } from 'idb-keyval';
import type { MockInstance } from 'vitest';
import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { get, promisifyRequest, set, setMany } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { openResilientDatabase } from './resilient-database.ts';

describe('resilient database', () => {
  let factory: IDBFactory;
  let opened: IDBDatabase[];
  let opens: number;
  let openSpy: MockInstance<IDBFactory['open']>;

  beforeEach(() => {
    factory = new IDBFactory();
    opened = [];
    opens = 0;
    const open = factory.open.bind(factory);
    openSpy = vi.spyOn(factory, 'open').mockImplementation((name, version) => {
      opens += 1;
      const request = open(name, version);
      request.addEventListener('success', () => opened.push(request.result));
      return request;
    });
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('opens once for many transactions', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await Promise.all([set('a', 1, database), set('b', 2, database), get('a', database)]);
    await get('b', database);
    expect(opens).toBe(1);
  });

  test('asks for relaxed durability unless told otherwise', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await set('a', 1, openResilientDatabase({ name: 'd', factory }));
    await set('a', 1, openResilientDatabase({ name: 'd', factory, durability: 'strict' }));
    const options = transaction.mock.calls.map((call) => call[2]);
    expect(options.filter((option) => option !== undefined)).toEqual([
      { durability: 'relaxed' },
      { durability: 'strict' },
    ]);
  });

  test('case S2; D3: an open that fails once is tried again', async () => {
    openSpy.mockImplementationOnce(() => {
      opens += 1;
      throw new DOMException('lost', 'UnknownError');
    });
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    expect(await get('a', database)).toBe(1);
    expect(opens).toBe(2);
  });

  test('case S2; D3: a failed open is forgotten: after three tries unavailable, healed at the next call', async () => {
    const fails = vi.spyOn(factory, 'open').mockImplementation(() => {
      throw new DOMException('lost', 'UnknownError');
    });
    const database = openResilientDatabase({ name: 'd', factory });
    await expect(set('a', 1, database)).rejects.toMatchObject({ code: 'unavailable' });
    expect(fails).toHaveBeenCalledTimes(3);
    vi.restoreAllMocks();
    await set('a', 1, database);
    expect(await get('a', database)).toBe(1);
  });

  test.each([
    ['for 4.9 s is waited for', 5, undefined],
    ['for longer is unavailable, and healed at the next call', 6, 'unavailable'],
  ])(
    'case S4; D3: a database that was open before and is refused %s',
    async (_, refusals, code) => {
      const passed: number[] = [];
      const pass = async (durationMs: number): Promise<void> => void passed.push(durationMs);
      const database = openResilientDatabase({ name: 'd', factory, pass });
      await set('a', 1, database);
      opened[0]?.close();
      for (let i = 0; i < refusals; i += 1) {
        openSpy.mockImplementationOnce(() => {
          throw new DOMException('The connection was closed.', 'AbortError');
        });
      }
      const setting = set('a', 2, database).catch((error: unknown) =>
        Reflect.get(Object(error), 'code'),
      );
      expect(await setting).toBe(code);
      expect(passed).toEqual([100, 400, 1_500, 3_000]);
      await set('a', 3, database);
      expect(await get('a', database)).toBe(3);
    },
  );

  test('case S4; D3: what is broken off and refused by turns is tried on', async () => {
    const database = openResilientDatabase({ name: 'd', factory, pass: async () => {} });
    await set('a', 1, database);
    for (let i = 0; i < 2; i += 1) {
      // The transaction fails, and so does the first open after it.
      opened.at(-1)?.close();
      openSpy.mockImplementationOnce(() => {
        throw new DOMException('The connection was closed.', 'AbortError');
      });
      expect(await get('a', database)).toBe(1);
    }
  });

  test('case S2; D3: a connection that the browser broke is opened anew', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    opened[0]?.close();
    expect(await get('a', database)).toBe(1);
    expect(opens).toBe(2);
  });

  test('many transactions that fail on one broken connection share the new one', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    opened[0]?.close();
    const gets = Array.from({ length: 20 }, () => get('a', database));
    expect(await Promise.all(gets)).toEqual(Array.from({ length: 20 }, () => 1));
    expect(opens).toBe(2);
  });

  test('case S2; D3: a connection that was closed is not used again', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    // Its type asks for the class, and it takes the connection.
    for (const connection of opened) Reflect.apply(forceCloseDatabase, undefined, [connection]);
    transaction.mockClear();
    expect(await get('a', database)).toBe(1);
    expect(opens).toBe(2);
    expect(transaction).toHaveBeenCalledTimes(1);
  });

  test('case S4; D3: a transaction that gets no answer as the browser closes the connection is repeated', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    const reading = await beginUnanswered(database);
    for (const connection of opened) Reflect.apply(forceCloseDatabase, undefined, [connection]);
    expect(await reading.done).toBe(1);
    expect(opens).toBe(2);
  });

  test('case S4; D3: so it is where another transaction has failed on that connection long before', async () => {
    const database = openResilientDatabase({ name: 'd', factory, pass: async () => {} });
    await set('a', 1, database);
    const closings = vi.spyOn(IDBDatabase.prototype, 'close');
    const reading = await beginUnanswered(database);
    await failOnce(database);
    // Of a connection that was closed from here no browser would tell anything more.
    expect(closings).not.toHaveBeenCalled();
    for (const connection of opened.slice(0, 1)) {
      Reflect.apply(forceCloseDatabase, undefined, [connection]);
    }
    expect(await reading.done).toBe(1);
  });

  test('a connection on which something failed is closed when the last transaction on it has ended', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    const closings = vi.spyOn(IDBDatabase.prototype, 'close');
    let finish: (() => void) | undefined;
    const slow = database('readonly', () => new Promise<void>((resolve) => (finish = resolve)));
    await vi.waitFor(() => expect(finish).toBeDefined());
    await failOnce(database);
    expect(closings).not.toHaveBeenCalled();
    finish?.();
    await slow;
    expect(closings.mock.contexts).toEqual([opened[0]]);
    expect(await get('a', database)).toBe(1);
    expect(opens).toBe(2);
  });

  test('case S4; D3: what gets no answer as another tab deletes the database is repeated', async () => {
    const passed: number[] = [];
    const pass = async (durationMs: number): Promise<void> => void passed.push(durationMs);
    const database = openResilientDatabase({ name: 'd', factory, pass });
    await set('a', 1, database);
    const reading = await beginUnanswered(database);
    await failOnce(database);
    await new Promise<void>((resolve, reject) => {
      const request = factory.deleteDatabase('d');
      request.addEventListener('success', () => resolve());
      request.addEventListener('error', () => reject(new Error('not deleted')));
    });
    expect(await reading.done).toBeUndefined();
    expect(passed).toEqual([1_000, 1_000]);
  });

  test('case S4; D3: lets another tab delete the database, and starts empty after that', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    await new Promise<void>((resolve, reject) => {
      const request = factory.deleteDatabase('d');
      request.addEventListener('success', () => resolve());
      request.addEventListener('blocked', () => reject(new Error('blocked')));
    });
    expect(await get('a', database)).toBeUndefined();
    await set('a', 2, database);
    expect(await get('a', database)).toBe(2);
  });

  test('case S1; D2, D10: a full disk is quota-exceeded, at once and with nothing of the batch written', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    put.mockImplementation(function failSecond(this: IDBObjectStore, value: unknown, key) {
      if (value !== 'second') return this.add(value, key);
      throw new DOMException('full', 'QuotaExceededError');
    });
    const writing = setMany(
      [
        ['b', 'first'],
        ['c', 'second'],
      ],
      database,
    );
    await expect(writing).rejects.toMatchObject({ name: 'StoreError', code: 'quota-exceeded' });
    expect(put).toHaveBeenCalledTimes(2);
    vi.restoreAllMocks();
    expect(await get('b', database)).toBeUndefined();
    expect(await get('a', database)).toBe(1);
    await set('b', 'again', database);
    expect(await get('b', database)).toBe('again');
  });

  test('D10: a transaction that the browser aborts for its quota is quota-exceeded, whatever the request says', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    const aborting = database('readwrite', (store) => {
      vi.spyOn(store.transaction, 'error', 'get').mockReturnValue(
        new DOMException('full', 'QuotaExceededError'),
      );
      throw new DOMException('aborted', 'AbortError');
    });
    await expect(aborting).rejects.toMatchObject({ code: 'quota-exceeded' });
  });

  test('a request error that comes before the abort still names its cause', async () => {
    const database = openResilientDatabase({ name: 'd', factory });
    await set('a', 1, database);
    const adding = database('readwrite', (store) => {
      store.add(2, 'a');
      return new Promise<void>((_resolve, reject) => {
        store.transaction.addEventListener('error', () => reject(store.transaction.error));
      });
    });
    await expect(adding).rejects.toMatchObject({
      code: 'unavailable',
      cause: { name: 'ConstraintError' },
    });
  });

  test('a browser without IndexedDB is unavailable', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const database = openResilientDatabase({ name: 'd' });
    await expect(get('a', database)).rejects.toBeInstanceOf(StoreError);
  });
});

/** Its first try fails, and the second is made on another connection. */
async function failOnce(database: UseStore): Promise<void> {
  let failures = 0;
  await database('readonly', () => {
    failures += 1;
    if (failures === 1) throw new DOMException('Connection is closing.', 'UnknownError');
  });
}

/** Reads `a` in a transaction whose first try gets no answer, and comes back when it has begun. */
async function beginUnanswered(database: UseStore): Promise<{ readonly done: Promise<unknown> }> {
  let tries = 0;
  const done = database('readonly', (store) => {
    tries += 1;
    return tries === 1 ? new Promise<never>(() => {}) : promisifyRequest(store.get('a'));
  });
  await vi.waitFor(() => expect(tries).toBe(1));
  return { done };
}
