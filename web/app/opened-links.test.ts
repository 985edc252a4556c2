import { expect, test } from 'vitest';
import { MemoryTracker } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { createPausedDownload, openApp, shownBy } from './open-app.test-helper.ts';

/** Longer than the page waits until it asks the tracker again. */
const ASK_AGAIN_MS = 10_000;

const { record, fragment } = await createPausedDownload();
const { shareId } = record;

/** A link that was opened while nobody is online, in a tab that remembers what it was told. */
async function openLink({
  tracker = new MemoryTracker(),
  tabMemory = new Set<string>(),
  address = fragment,
} = {}) {
  const profile = new FakeProfile();
  const app = openApp(profile, { fragment: address, tracker, tabMemory });
  const pass = async (): Promise<void> => {
    await settleCrypto();
    await profile.pass(ASK_AGAIN_MS);
    await settleCrypto();
  };
  await app.start();
  await pass();
  return { app, profile, tracker, tabMemory, pass };
}

/** The sharer comes online: what it shares can be asked for. */
async function comeOnline(tracker: MemoryTracker): Promise<void> {
  const events = { onWelcome: () => {}, onDown: () => {}, onSignal: () => {} };
  const session = tracker.join(shareId, events);
  await session.announce({ ...record, bitfield: Uint8Array.of(128), role: 'sharer' });
}

test('D8: a download that waits for the sharer is paused, and goes on when a person says so', async () => {
  const { app, profile, tracker, pass } = await openLink();
  app.actions.download(shareId);
  expect(shownBy(app)).toEqual([`${shareId} waiting-for-peers`]);
  app.actions.pause(shareId);
  expect(shownBy(app)).toEqual([`${shareId} paused`]);
  await pass();
  expect(shownBy(app)).toEqual([`${shareId} paused`]);
  app.actions.resume(shareId);
  expect(shownBy(app)).toEqual([`${shareId} waiting-for-peers`]);
  await comeOnline(tracker);
  await pass();
  expect([...profile.stored.keys()]).toEqual([shareId]);
});

test('what is called up is the card of an opened link, new or there already, and none that is only there again', async () => {
  const { app, pass, tabMemory } = await openLink();
  const first = { key: shareId, isNew: true, takesFocus: false };
  expect(app.state().opened).toEqual(first);
  app.actions.open(fragment);
  await pass();
  expect(app.state().opened).toEqual({ ...first, isNew: false, takesFocus: true });
  const called = app.state().opened;
  app.actions.open(fragment);
  await pass();
  expect(app.state().opened).not.toBe(called);
  app.actions.download(shareId);
  const reloaded = await openLink({ tabMemory, address: '' });
  expect(shownBy(reloaded.app)).toEqual([`${shareId} waiting-for-peers`]);
  expect(reloaded.app.state().opened).toBeUndefined();
});

test('D8: what was paused before the sharer came is not begun when it comes', async () => {
  const { app, profile, tracker, pass } = await openLink();
  app.actions.download(shareId);
  app.actions.pause(shareId);
  await comeOnline(tracker);
  await pass();
  expect([shownBy(app), profile.stored.size]).toEqual([[`${shareId} ready`], 0]);
});

test('D8: a tab that was reloaded goes on waiting for the sharer, and begins when it comes', async () => {
  const { app, tabMemory } = await openLink();
  app.actions.download(shareId);
  const reloaded = await openLink({ tabMemory });
  expect(shownBy(reloaded.app)).toEqual([`${shareId} waiting-for-peers`]);
  await comeOnline(reloaded.tracker);
  await reloaded.pass();
  expect([...reloaded.profile.stored.keys()]).toEqual([shareId]);
  expect([...tabMemory]).toEqual([shareId]);
});

test('D8: of several links that a tab waits for none is lost by a reload, in the address or not', async () => {
  const other = await createPausedDownload();
  const { app, pass, tabMemory } = await openLink();
  app.actions.download(shareId);
  app.actions.open(other.fragment);
  await pass();
  app.actions.download(other.record.shareId);
  const reloaded = await openLink({ tabMemory, address: '' });
  expect(shownBy(reloaded.app).toSorted()).toEqual(
    [shareId, other.record.shareId].map((id) => `${id} waiting-for-peers`).toSorted(),
  );
});

test('D8, D9: what was paused or removed before the sharer came is not wanted after a reload', async () => {
  const paused = await openLink();
  paused.app.actions.download(shareId);
  paused.app.actions.pause(shareId);
  const reloaded = await openLink({ tabMemory: paused.tabMemory });
  expect(shownBy(reloaded.app)).toEqual([`${shareId} ready`]);
  reloaded.app.actions.download(shareId);
  reloaded.app.actions.forget(shareId);
  const again = await openLink({ tabMemory: paused.tabMemory, address: '' });
  expect(shownBy(again.app)).toEqual([]);
});
