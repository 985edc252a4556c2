import { describe, expect, test } from 'vitest';
import type { ShareRecord } from './ports/share-records.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import { formatShareId } from '../../shared/share/share-id.ts';
import { generateSigningKeys } from '../../shared/share/signing-keys.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';

const A_WHILE_MS = 60_000;
/** A reload is over, and a share that nobody came back for is another tab's. */
const TAKEOVER_MS = 2_000;

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

const record = recordOf(1);
const { shareId } = record;

/** Erases nothing, and counts how often. */
function createEraser() {
  const eraser = {
    count: 0,
    erase: async () => {
      eraser.count += 1;
    },
  };
  return eraser;
}

test('D8: what was saved of a share stays remembered, also where only all that is wanted is known to be', async () => {
  const profile = new FakeProfile();
  const { shelf } = profile.openTab();
  await shelf.add(record);
  const parts: unknown[] = [];
  const look = () => parts.push(profile.stored.get(shareId)?.part);
  await shelf.recordSaved(shareId, false, [0]);
  look();
  const wanted = { files: [1], ranges: [], bytes: 1 };
  await shelf.recordWanted(shareId, wanted, false, [0, 2]);
  look();
  await shelf.recordSaved(shareId);
  look();
  expect(parts).toEqual([
    { role: 'receiver', saved: false, savedFiles: [0] },
    { role: 'receiver', saved: false, savedFiles: [0, 2], wanted },
    { role: 'receiver', saved: true, savedFiles: [0, 2], wanted },
  ]);
});

describe('D4: one tab takes care of a share', () => {
  test('a second tab neither resumes it, changes its record nor deletes it', async () => {
    const profile = new FakeProfile();
    await profile.openTab().shelf.add(record);
    const other = profile.openTab().shelf;
    let isTaken = false;
    void other.take(shareId).then(() => (isTaken = true));
    void other.add({ ...record, wish: 'pause' });
    await other.update(shareId, () => recordOf(1, 99));
    await profile.pass(A_WHILE_MS);
    expect(isTaken).toBe(false);
    const eraser = createEraser();
    await other.remove(shareId, eraser.erase);
    expect(eraser.count).toBe(0);
    expect([...profile.stored.values()]).toEqual([record]);
  });

  test('a second tab takes care of it once the first is closed, as it then is', async () => {
    const profile = new FakeProfile();
    const first = profile.openTab();
    await first.shelf.add(record);
    const taking = profile.openTab().shelf.take(shareId);
    await profile.pass(A_WHILE_MS);
    await first.shelf.update(shareId, (one) => ({ ...one, wish: 'pause' }));
    first.close();
    await profile.pass(TAKEOVER_MS);
    expect(await taking).toEqual({ ...record, wish: 'pause' });
  });

  test('D8: a tab that takes over goes on from what the other left, not from what it wanted itself', async () => {
    const profile = new FakeProfile();
    const first = profile.openTab();
    await first.shelf.add(record);
    const second = profile.openTab().shelf;
    void second.add(record);
    await profile.pass(A_WHILE_MS);
    await first.shelf.update(shareId, (one) => ({ ...one, wish: 'pause' }));
    first.close();
    await profile.pass(TAKEOVER_MS);
    expect(second.record(shareId)?.wish).toBe('pause');
    expect(profile.stored.get(shareId)?.wish).toBe('pause');
  });

  test('what a second tab downloads is remembered once the first is closed, the sharer with its key', async () => {
    const profile = new FakeProfile();
    const { privateKey } = await generateSigningKeys();
    const shared: ShareRecord = {
      ...record,
      part: { role: 'sharer', signingKey: privateKey, index: new Uint8Array(1), files: [] },
    };
    const sharer = profile.openTab();
    await sharer.shelf.add(shared);
    const tab = profile.openTab().shelf;
    void tab.add(record);
    await profile.pass(A_WHILE_MS);
    sharer.close();
    await profile.pass(TAKEOVER_MS);
    expect(tab.record(shareId)).toEqual(shared);
    expect(profile.stored.get(shareId)).toEqual(shared);
  });

  test('a reloaded tab has it again, at once or when the old page is slow to go, before tabs that wait', async () => {
    for (const slowMs of [-1, 0, 1_500]) {
      const profile = new FakeProfile();
      const before = profile.openTab();
      await before.shelf.add(record);
      let isTakenByOther = false;
      void profile
        .openTab()
        .shelf.take(shareId)
        .then(() => (isTakenByOther = true));
      await profile.pass(A_WHILE_MS);
      if (slowMs < 0) before.close();
      const taking = profile.openTab().shelf.take(shareId);
      if (slowMs >= 0) {
        await profile.pass(slowMs);
        before.close();
      }
      expect(await taking).toEqual(record);
      await profile.pass(A_WHILE_MS);
      expect(isTakenByOther).toBe(false);
    }
  });

  test('D9: a tab that forgets a share leaves nothing behind, and the name to others', async () => {
    const profile = new FakeProfile();
    const tab = profile.openTab().shelf;
    await tab.add(record);
    const waiting = profile.openTab().shelf.take(shareId);
    const eraser = createEraser();
    await tab.remove(shareId, eraser.erase);
    expect([profile.stored.size, eraser.count]).toEqual([0, 1]);
    await profile.pass(TAKEOVER_MS);
    expect(await waiting).toBeUndefined();
    await profile.openTab().shelf.add(record);
    expect(profile.stored.size).toBe(1);
  });

  test('D8: a reload takes everything up again, oldest first', async () => {
    const profile = new FakeProfile();
    for (const one of [recordOf(1, 30), recordOf(2, 10), recordOf(3, 20)]) {
      profile.stored.set(one.shareId, one);
    }
    const tab = profile.openTab().shelf;
    const records = await tab.list();
    expect(records.map(({ addedAtMs }) => addedAtMs)).toEqual([10, 20, 30]);
    expect(await Promise.all(records.map((one) => tab.take(one.shareId)))).toEqual(records);
  });
});

describe('D9: removing a share wins', () => {
  test('over remembering it, at whatever moment it comes', async () => {
    for (let moment = 0; moment < 20; moment += 1) {
      const profile = new FakeProfile();
      const gate: (() => void)[] = [];
      const unlock = () => gate.forEach((open) => open());
      profile.beforeLock = new Promise((resolve) => gate.push(resolve));
      const tab = profile.openTab();
      const adding = tab.shelf.add(record);
      const eraser = createEraser();
      if (moment > 0) unlock();
      for (let i = 0; i < moment; i += 1) await Promise.resolve();
      const removing = tab.shelf.remove(shareId, eraser.erase);
      unlock();
      await Promise.all([adding, removing]);
      await profile.pass(A_WHILE_MS);
      expect([profile.stored.size, eraser.count]).toEqual([0, 1]);
      await profile.openTab().shelf.add(recordOf(1, 7));
      expect(profile.stored.size).toBe(1);
    }
  });

  test('in a tab that only waits for it: then this tab never takes care of it', async () => {
    for (const end of ['remove', 'giveUp'] as const) {
      const profile = new FakeProfile();
      const first = profile.openTab();
      await first.shelf.add(record);
      const second = profile.openTab();
      const taking = second.shelf.take(shareId);
      await profile.pass(A_WHILE_MS);
      if (end === 'remove') await second.shelf.remove(shareId, createEraser().erase);
      else await second.shelf.giveUp(shareId);
      first.close();
      await profile.pass(TAKEOVER_MS);
      expect(await taking).toBeUndefined();
      expect([...profile.stored.values()]).toEqual([record]);
      expect(await profile.openTab().shelf.take(shareId)).toEqual(record);
    }
  });
});

async function fail(): Promise<never> {
  throw new StoreError('unavailable');
}

test('a browser that stores nothing still lets a share live until its tab is closed', async () => {
  const { shelf } = new FakeProfile().openTab({ list: fail, put: fail, remove: fail });
  expect(await shelf.list()).toEqual([]);
  await shelf.add(record);
  expect(shelf.record(shareId)).toEqual(record);
});

test('D5: where a record cannot be deleted, nothing else of the share may be', async () => {
  const profile = new FakeProfile();
  const { shelf } = profile.openTab({ ...profile.records, remove: fail });
  await shelf.add(record);
  const eraser = createEraser();
  await shelf.remove(shareId, eraser.erase);
  expect(eraser.count).toBe(0);
});
