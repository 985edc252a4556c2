import type { VolunteerRecord } from '../app/ports/volunteer-records.ts';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { set } from 'idb-keyval';
import { beforeEach, describe, expect, test } from 'vitest';
import { formatShareId } from '../../shared/share/share-id.ts';
import { IdbVolunteerRecords } from './idb-volunteer-records.ts';
import { openResilientDatabase } from './resilient-database.ts';

const ONE = formatShareId(new Uint8Array(16).fill(1));
const TWO = formatShareId(new Uint8Array(16).fill(2));
const SETTINGS = { isOn: true, budgetBytes: 512_000_000, uploadBytesPerSecond: undefined };

function createRecord(shareId = ONE): VolunteerRecord {
  return {
    shareId,
    header: new Uint8Array(300).fill(8),
    target: new Uint8Array(69).fill(9),
  };
}

describe('IdbVolunteerRecords', () => {
  let factory: IDBFactory;

  beforeEach(() => {
    factory = new IDBFactory();
  });

  const openDatabase = () => openResilientDatabase({ name: 'volunteer', factory });
  const open = () => new IdbVolunteerRecords(openDatabase());

  test('settings come back after a reload, with and without a limit; before that there are none', async () => {
    expect(await open().readSettings()).toBeUndefined();
    await open().writeSettings(SETTINGS);
    expect(await open().readSettings()).toEqual(SETTINGS);
    await open().writeSettings({ ...SETTINGS, isOn: false, uploadBytesPerSecond: 500_000 });
    expect(await open().readSettings()).toMatchObject({
      isOn: false,
      uploadBytesPerSecond: 500_000,
    });
  });

  test.each([
    ['not an object', 'on'],
    ['no budget', { isOn: true }],
    ['a negative budget', { ...SETTINGS, budgetBytes: -1 }],
    ['a rate of nothing', { ...SETTINGS, uploadBytesPerSecond: 0 }],
  ])('damaged settings count as none: %s', async (_, damaged) => {
    await set('settings', damaged, openDatabase());
    expect(await open().readSettings()).toBeUndefined();
  });

  test('a share is remembered until it is removed, beside settings and others', async () => {
    await open().writeSettings(SETTINGS);
    await open().put(createRecord(ONE));
    await open().put(createRecord(TWO));
    await open().put({ ...createRecord(TWO), target: new Uint8Array(69).fill(1) });
    expect((await open().list()).map(({ target }) => target[0])).toEqual([9, 1]);
    await open().remove(ONE);
    await open().remove(ONE);
    expect((await open().list()).map(({ shareId }) => shareId)).toEqual([TWO]);
    expect(await open().readSettings()).toEqual(SETTINGS);
  });

  test.each([
    ['not an object', 'hello'],
    ['no share ID', { ...createRecord(), shareId: 'x' }],
    ['no target', { ...createRecord(), target: undefined }],
  ])('a damaged record is skipped, and the others are there: %s', async (_, damaged) => {
    await set(['share', ONE], damaged, openDatabase());
    await open().put(createRecord(TWO));
    expect(await open().list()).toEqual([createRecord(TWO)]);
  });

  test('the secret is 32 bytes, the same for two tabs that ask at once, and after a reload', async () => {
    const [first, second] = await Promise.all([open().read(), open().read()]);
    expect(first).toHaveLength(32);
    expect(second).toEqual(first);
    expect(await open().read()).toEqual(first);
    expect(
      await new IdbVolunteerRecords(openResilientDatabase({ name: 'another', factory })).read(),
    ).not.toEqual(first);
  });

  test('a damaged secret is replaced', async () => {
    await set('secret', new Uint8Array(5), openDatabase());
    expect(await open().read()).toHaveLength(32);
  });
});
