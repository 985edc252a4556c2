import { describe, expect, test } from 'vitest';
import type { ShareId } from '../../shared/share/share-id.ts';
import type { Browser } from './ports/browser.ts';
import type { ShareRecord, ShareRecords } from './ports/share-records.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { Shelf } from './shelf.ts';

/** One browser: what it stores and which names its tabs have taken. */
class FakeProfile {
  readonly stored = new Map<ShareId, ShareRecord>();
  readonly #locked = new Set<string>();

  openTab(): Shelf {
    const records: ShareRecords = {
      list: async () => [...this.stored.values()],
      put: async (record) => void this.stored.set(record.shareId, record),
      remove: async (shareId) => void this.stored.delete(shareId),
    };
    return new Shelf(records, this.#tryLock);
  }

  readonly #tryLock: Browser['tryLock'] = async (name) => {
    if (this.#locked.has(name)) return undefined;
    this.#locked.add(name);
    return () => this.#locked.delete(name);
  };
}

function recordOf(n: number, addedAtMs = n): ShareRecord {
  return {
    shareId: formatShareId(new Uint8Array(16).fill(n)),
    secret: new Uint8Array(16),
    header: new Uint8Array(1),
    addedAtMs,
    wish: 'run',
    part: { role: 'receiver', saved: false },
  };
}

describe('D4: one tab takes care of a share', () => {
  test('a second tab neither resumes it, changes its record nor deletes it', async () => {
    const profile = new FakeProfile();
    const record = recordOf(1);
    expect(await profile.openTab().add(record)).toBe(true);
    const other = profile.openTab();
    expect(await other.take(record)).toBe(false);
    expect(await other.add({ ...record, wish: 'pause' })).toBe(false);
    await other.update(record.shareId, () => recordOf(1, 99));
    expect(await other.remove(record.shareId)).toBe(false);
    expect([...profile.stored.values()]).toEqual([record]);
  });

  test('D9: a tab that forgets a share leaves nothing behind, and the name to others', async () => {
    const profile = new FakeProfile();
    const tab = profile.openTab();
    await tab.add(recordOf(1));
    expect(await tab.remove(recordOf(1).shareId)).toBe(true);
    expect(profile.stored.size).toBe(0);
    expect(await profile.openTab().add(recordOf(1))).toBe(true);
  });

  test('D8: a reload takes everything up again, oldest first', async () => {
    const profile = new FakeProfile();
    for (const record of [recordOf(1, 30), recordOf(2, 10), recordOf(3, 20)]) {
      profile.stored.set(record.shareId, record);
    }
    const tab = profile.openTab();
    const records = await tab.list();
    expect(records.map(({ addedAtMs }) => addedAtMs)).toEqual([10, 20, 30]);
    expect(await Promise.all(records.map((record) => tab.take(record)))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

async function fail(): Promise<never> {
  throw new StoreError('unavailable');
}

test('a browser that stores nothing still lets a share live until its tab is closed', async () => {
  const shelf = new Shelf({ list: fail, put: fail, remove: fail }, async () => () => {});
  expect(await shelf.list()).toEqual([]);
  expect(await shelf.add(recordOf(1))).toBe(true);
});

test('D5: where a record cannot be deleted, nothing else of the share may be', async () => {
  const profile = new FakeProfile();
  const records: ShareRecords = {
    list: async () => [],
    put: async (record) => void profile.stored.set(record.shareId, record),
    remove: fail,
  };
  const shelf = new Shelf(records, async () => () => {});
  await shelf.add(recordOf(1));
  expect(await shelf.remove(recordOf(1).shareId)).toBe(false);
});
