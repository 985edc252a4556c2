import type { ReceiverPart, ShareRecord, SharerPart } from '../app/ports/share-records.ts';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { set } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { generateSigningKeys } from '../../shared/share/signing-keys.ts';
import { IdbShareRecords } from './idb-share-records.ts';
import { openResilientDatabase } from './resilient-database.ts';

const ONE = formatShareId(new Uint8Array(16).fill(1));
const TWO = formatShareId(new Uint8Array(16).fill(2));
const RECEIVER: ReceiverPart = { role: 'receiver', saved: false };

function createRecord(shareId = ONE, part: ReceiverPart | SharerPart = RECEIVER): ShareRecord {
  return {
    shareId,
    secret: new Uint8Array(16).fill(7),
    header: new Uint8Array(300).fill(8),
    addedAtMs: 1_700_000_000_000,
    wish: 'run',
    part,
  };
}

describe('IdbShareRecords', () => {
  let factory: IDBFactory;
  let records: IdbShareRecords;

  beforeEach(() => {
    factory = new IDBFactory();
    records = open();
  });

  function open() {
    return new IdbShareRecords(openResilientDatabase({ name: 'shares', factory }));
  }

  test('D8: a receiver’s record comes back after a reload', async () => {
    await records.put(createRecord());
    expect(await open().list()).toEqual([createRecord()]);
    expect(await open().list()).toEqual([createRecord()]);
  });

  test('D8: so does what was saved of the share', async () => {
    for (const savedFiles of ['all', [0, 3]] as const) {
      const record = createRecord(ONE, { role: 'receiver', saved: false, savedFiles });
      await records.put(record);
      expect(await open().list()).toEqual([record]);
    }
  });

  test('D8: a sharer’s key signs after a reload and still cannot be exported', async () => {
    const { privateKey } = await generateSigningKeys();
    const part: SharerPart = {
      role: 'sharer',
      signingKey: privateKey,
      index: new Uint8Array(50).fill(1),
      files: [{ path: 'a/b.txt', size: 3, modifiedMs: 1 }],
    };
    await records.put(createRecord(ONE, part));
    const [loaded] = await open().list();
    expect(loaded?.part).toMatchObject({ role: 'sharer', index: part.index, files: part.files });
    const key = loaded?.part.role === 'sharer' ? loaded.part.signingKey : undefined;
    expect(key).toMatchObject({ extractable: false, type: 'private' });
  });

  test.each([
    [
      { copies: 3, serial: 7 },
      { copies: 3, serial: 7 },
    ],
    [{ copies: 6, serial: 7 }, undefined],
    ['three', undefined],
  ])('how many copies a sharer asked for is remembered: %j as %j', async (stored, loaded) => {
    const { privateKey } = await generateSigningKeys();
    const part = { role: 'sharer', signingKey: privateKey, index: new Uint8Array(5), files: [] };
    const record = { ...createRecord(), part: { ...part, copyTarget: stored } };
    await set(ONE, record, openResilientDatabase({ name: 'shares', factory }));
    const [found] = await open().list();
    expect(found?.part.role === 'sharer' ? found.part.copyTarget : 'none').toEqual(loaded);
  });

  test.each([
    [
      { count: 2, limit: 5 },
      { count: 2, limit: 5 },
    ],
    [{ count: -1, limit: 5 }, undefined],
    [{ count: 2, limit: 6 }, undefined],
    ['five', undefined],
  ])('D16: downloads of a share are remembered: %j as %j', async (stored, loaded) => {
    const { privateKey } = await generateSigningKeys();
    const part = { role: 'sharer', signingKey: privateKey, index: new Uint8Array(5), files: [] };
    const record = { ...createRecord(), part: { ...part, downloads: stored } };
    await set(ONE, record, openResilientDatabase({ name: 'shares', factory }));
    const [found] = await open().list();
    expect(found?.part.role === 'sharer' ? found.part.downloads : 'none').toEqual(loaded);
  });

  test('D9: a record put again replaces the first, and a removed one is gone', async () => {
    await records.put(createRecord());
    await records.put({ ...createRecord(), wish: 'pause' });
    await records.put(createRecord(TWO));
    const first = (await records.list()).find(({ shareId }) => shareId === ONE);
    expect(first?.wish).toBe('pause');
    await records.remove(ONE);
    await records.remove(ONE);
    expect((await records.list()).map(({ shareId }) => shareId)).toEqual([TWO]);
  });

  test.each([
    ['not an object', 'hello'],
    ['a short secret', { ...createRecord(), secret: new Uint8Array(15) }],
    ['no share ID', { ...createRecord(), shareId: 'x' }],
    ['another wish', { ...createRecord(), wish: 'walk' }],
    ['an unknown role', { ...createRecord(), part: { role: 'volunteer' } }],
    ['a sharer without a key', { ...createRecord(), part: { role: 'sharer', signingKey: {} } }],
    ['a time that is none', { ...createRecord(), addedAtMs: Number.NaN }],
  ])('D8: a damaged record is skipped, and the others are there: %s', async (_, damaged) => {
    await set(ONE, damaged, openResilientDatabase({ name: 'shares', factory }));
    await records.put(createRecord(TWO));
    expect(await records.list()).toEqual([createRecord(TWO)]);
  });
});
