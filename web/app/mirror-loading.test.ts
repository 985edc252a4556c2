import { expect, test } from 'vitest';
import { formatFileId } from '../../shared/share/file-id.ts';
import { MemoryTracker } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { MirroredShare } from './mirrored-share.ts';
import { createPausedDownload, openApp, shownBy } from './open-app.test-helper.ts';
import type { ShareRecord } from './ports/share-records.ts';
import { PROBLEMS } from './problems.ts';
import { sealNotes } from './sealed-notes.test-helper.ts';

const A_WHILE_MS = 3_000;

const { record, fragment } = await createPausedDownload();
const { shareId } = record;

const findNothing = () => Promise.reject(new Error('offline'));

async function pass(profile: FakeProfile): Promise<void> {
  await profile.pass(A_WHILE_MS);
  await settleCrypto();
  await profile.pass(A_WHILE_MS);
}

/** On its way, until it is let through. */
function createSlowMirror() {
  const waiting: ((mirror: typeof MirroredShare) => void)[] = [];
  return {
    findMirror: () => new Promise<typeof MirroredShare>((resolve) => waiting.push(resolve)),
    arrive: () => {
      for (const resolve of waiting) resolve(MirroredShare);
    },
  };
}

async function openLeader(stored = record) {
  const profile = new FakeProfile();
  profile.stored.set(stored.shareId, stored);
  const tab = profile.openTab();
  const leader = openApp(profile, { tab });
  await leader.start();
  await settleCrypto();
  return { profile, leader, closeLeader: tab.close };
}

/** Knows the share of somebody who is there. */
async function createTracker({ shareId, header }: ShareRecord): Promise<MemoryTracker> {
  const tracker = new MemoryTracker();
  const events = { onWelcome: () => {}, onDown: () => {}, onSignal: () => {} };
  const session = tracker.join(shareId, events);
  await session.announce({ header, bitfield: Uint8Array.of(128), role: 'sharer' });
  return tracker;
}

async function open(profile: FakeProfile, options: Parameters<typeof openApp>[1]) {
  const app = openApp(profile, options);
  const starting = app.start();
  await pass(profile);
  await starting;
  return app;
}

test('D11: where a mirror cannot be loaded the tab says so, and shows the share after a reload', async () => {
  const { profile } = await openLeader();
  const tabMemory = new Set([shareId]);
  const follower = await open(profile, { tabMemory, findMirror: findNothing });
  expect([shownBy(follower), follower.state().notice]).toEqual([[], PROBLEMS.partMissing]);
  const reloaded = await open(profile, { tabMemory });
  expect([shownBy(reloaded), reloaded.state().notice]).toEqual([[`${shareId} paused`], undefined]);
});

test('D4, D11: a tab that could not load a mirror takes over all the same', async () => {
  const { profile, closeLeader } = await openLeader();
  const tabMemory = new Set([shareId]);
  const follower = await open(profile, { tabMemory, findMirror: findNothing });
  closeLeader();
  await pass(profile);
  expect(shownBy(follower)).toEqual([`${shareId} paused`]);
});

test('D11: a link opened where a mirror could not be loaded shows the share once Download is pressed', async () => {
  const { profile } = await openLeader();
  const tracker = await createTracker(record);
  const tabMemory = new Set([shareId]);
  const follower = await open(profile, { fragment, tabMemory, tracker, findMirror: findNothing });
  expect(shownBy(follower)).toEqual([`${shareId} ready`]);
  follower.actions.download(shareId);
  await pass(profile);
  expect(shownBy(follower)).toEqual([`${shareId} paused`]);
});

test('D9, D11: what the other tab forgets while a mirror is being loaded is not shown', async () => {
  const { profile, leader } = await openLeader();
  const { findMirror, arrive } = createSlowMirror();
  const follower = await open(profile, { tabMemory: new Set([shareId]), findMirror });
  leader.actions.forget(shareId);
  await pass(profile);
  arrive();
  await pass(profile);
  expect([shownBy(follower), shownBy(leader), profile.stored.size]).toEqual([[], [], 0]);
});

test('D9, D11: a link that was opened stays where the other tab forgets the share while a mirror is being loaded', async () => {
  const { profile, leader } = await openLeader();
  const { findMirror, arrive } = createSlowMirror();
  const follower = await open(profile, { fragment, tabMemory: new Set([shareId]), findMirror });
  leader.actions.forget(shareId);
  await pass(profile);
  arrive();
  await pass(profile);
  expect(shownBy(follower)).toEqual([`${shareId} ready`]);
});

test('D11: what is forgotten here while a mirror is being loaded stays so, and its link can be opened again', async () => {
  const { profile, leader } = await openLeader();
  const { findMirror, arrive } = createSlowMirror();
  const follower = await open(profile, { fragment, tabMemory: new Set([shareId]), findMirror });
  follower.actions.forget(shareId);
  await pass(profile);
  expect(shownBy(follower)).toEqual([]);
  follower.actions.open(fragment);
  await pass(profile);
  arrive();
  await pass(profile);
  expect([shownBy(follower), shownBy(leader)]).toEqual([
    [`${shareId} ready`],
    [`${shareId} paused`],
  ]);
});

test('D4, D11: a tab that takes over while a mirror is being loaded stays the one that has the share', async () => {
  const { profile, closeLeader } = await openLeader();
  const { findMirror, arrive } = createSlowMirror();
  const follower = await open(profile, { tabMemory: new Set([shareId]), findMirror });
  closeLeader();
  await pass(profile);
  expect(shownBy(follower)).toEqual([`${shareId} paused`]);
  arrive();
  await pass(profile);
  follower.actions.resume(shareId);
  await pass(profile);
  expect(profile.stored.get(shareId)?.wish).toBe('run');
});

test('D11: Download pressed on a link while a mirror is being loaded is not forgotten once it is', async () => {
  const { record: made, share } = await sealNotes();
  const { profile } = await openLeader(made);
  const tracker = await createTracker(made);
  const { findMirror, arrive } = createSlowMirror();
  const options = { fragment: formatFileId(share), tabMemory: new Set([made.shareId]) };
  const follower = await open(profile, { ...options, tracker, findMirror });
  expect(shownBy(follower)).toEqual([`${made.shareId} ready`]);
  follower.actions.download(made.shareId);
  await pass(profile);
  // Of what the other tab shares this one is a guest; a mirror that is told nothing shares it too.
  const seen = follower.state().cards;
  expect(seen).toMatchObject([{ role: 'receiver', isElsewhere: true }]);
  arrive();
  await pass(profile);
  expect(follower.state().cards).toEqual(seen);
});
