import { expect, test } from 'vitest';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import type { Saver } from './ports/saver.ts';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { createPausedDownload, openApp, shownBy } from './open-app.test-helper.ts';
import { SaveError } from './ports/saver.ts';
import { sealNotes } from './sealed-notes.test-helper.ts';

const A_WHILE_MS = 3_000;

const { record, fragment } = await createPausedDownload();
const { shareId } = record;

async function pass(profile: FakeProfile): Promise<void> {
  await profile.pass(A_WHILE_MS);
  await settleCrypto();
  await profile.pass(A_WHILE_MS);
}

/** One tab that takes care of a paused share, and one that showed it too before it was reloaded. */
async function openTwoTabs() {
  const profile = new FakeProfile();
  profile.stored.set(shareId, record);
  const tab = profile.openTab();
  const leader = openApp(profile, { fragment, tab });
  await leader.start();
  await settleCrypto();
  const follower = openApp(profile, { fragment, tabMemory: new Set([shareId]) });
  const starting = follower.start();
  await pass(profile);
  await starting;
  return { profile, leader, follower, closeLeader: tab.close };
}

test('case S6; D11: a tab that showed a share shows it again as the tab says that takes care of it', async () => {
  const { profile, leader, follower } = await openTwoTabs();
  expect(shownBy(follower)).toEqual([`${shareId} paused`]);
  leader.actions.forget(shareId);
  await pass(profile);
  expect(shownBy(leader)).toEqual([]);
  expect(shownBy(follower)).toEqual([]);
  expect(profile.stored.size).toBe(0);
});

test('D9, D11: what is forgotten in a tab that only shows it is forgotten by the browser', async () => {
  const { profile, leader, follower } = await openTwoTabs();
  follower.actions.forget(shareId);
  await pass(profile);
  expect(shownBy(leader)).toEqual([]);
  expect(shownBy(follower)).toEqual([]);
  expect(profile.stored.size).toBe(0);
});

test('D11: a tab that never showed the share offers it, and joins it when it is wanted there', async () => {
  const { profile } = await openTwoTabs();
  const third = openApp(profile, { fragment });
  const starting = third.start();
  await pass(profile);
  await starting;
  expect(shownBy(third)).toEqual([`${shareId} ready`]);
});

test('D4, D11: pausing and going on in another tab is remembered by the one that takes care', async () => {
  const { profile, follower } = await openTwoTabs();
  follower.actions.resume(shareId);
  await pass(profile);
  expect(profile.stored.get(shareId)?.wish).toBe('run');
  follower.actions.pause(shareId);
  await pass(profile);
  expect(profile.stored.get(shareId)?.wish).toBe('pause');
});

test('case S6; D4, D11: a tab takes over as the other left it', async () => {
  const { profile, follower, closeLeader } = await openTwoTabs();
  closeLeader();
  await pass(profile);
  expect(shownBy(follower)).toEqual([`${shareId} paused`]);
  follower.actions.resume(shareId);
  await pass(profile);
  expect(profile.stored.get(shareId)?.wish).toBe('run');
});

test('D9, D11: what is forgotten just after the other tab was closed stays forgotten', async () => {
  const { profile, follower, closeLeader } = await openTwoTabs();
  closeLeader();
  follower.actions.forget(shareId);
  await pass(profile);
  expect(shownBy(follower)).toEqual([]);
  expect(profile.stored.size).toBe(0);
});

test('D11: a tab stops showing what the closed one left no trace of', async () => {
  const { profile, follower, closeLeader } = await openTwoTabs();
  profile.stored.clear();
  closeLeader();
  await pass(profile);
  expect(shownBy(follower)).toEqual([]);
});

test('case S6; V9, D11: what was being saved into a picked place is saved there by the tab when it takes over', async () => {
  const profile = new FakeProfile();
  const { record: made, sealed } = await sealNotes();
  const { shareId } = made;
  profile.stored.set(shareId, { ...made, part: { role: 'receiver', saved: true } });
  const transport = {
    connect: () => {
      throw new Error('there is nobody');
    },
  };
  const parts = {
    pieces: new MapPieceStore([[0, sealed]]),
    findTransport: async () => transport,
  };
  const tab = profile.openTab();
  const leader = openApp(profile, { ...parts, tab });
  await leader.start();
  await settleCrypto();
  const saves: string[] = [];
  const place: Saver = {
    canSave: async () => true,
    // The first takes until it is given up.
    save: async ({ name, signal }) => {
      saves.push(`begun ${name}`);
      if (saves.length === 1) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new SaveError('aborted');
      }
      saves.push(`saved ${name}`);
    },
  };
  const follower = openApp(profile, {
    ...parts,
    tabMemory: new Set([shareId]),
    places: { kinds: ['file'], pick: async () => place },
  });
  const starting = follower.start();
  await pass(profile);
  await starting;
  follower.actions.saveTo(shareId, 'file');
  await pass(profile);
  expect(saves).toEqual(['begun notes.txt']);
  tab.close();
  for (let times = 0; times < 3; times += 1) await pass(profile);
  expect(saves).toEqual(['begun notes.txt', 'begun notes.txt', 'saved notes.txt']);
  expect([shownBy(follower), follower.state().notice]).toEqual([
    [`${shareId} complete`],
    undefined,
  ]);
});
