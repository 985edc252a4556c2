import { expect, test } from 'vitest';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { MemoryTracker } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { decodeShareEnd } from '../../shared/share/share-end.ts';
import type { MirrorMessage } from './mirror-messages.ts';
import type { ShareRecord } from './ports/share-records.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { MirrorLine } from './mirror-line.ts';
import { nameMirrorChannel } from './mirror-messages.ts';
import { openApp, shownBy } from './open-app.test-helper.ts';
import { NOTES, sealNotes } from './sealed-notes.test-helper.ts';

const A_WHILE_MS = 3_000;
const OTHERS = [{ path: 'notes.txt', file: new File(['other'], 'notes.txt', { lastModified: 2 }) }];
const HANDLE = { kind: 'file', name: 'notes.txt', isSameEntry: async () => false } as const;

async function pass(profile: FakeProfile): Promise<void> {
  await profile.pass(A_WHILE_MS);
  await settleCrypto();
  await profile.pass(A_WHILE_MS);
  await settleCrypto();
}

/** A tab that shares notes, and one that shows the share too. */
async function openSharers() {
  const profile = new FakeProfile();
  const tracker = new MemoryTracker();
  const leader = openApp(profile, { tracker });
  await leader.start();
  leader.actions.share(NOTES);
  await settleCrypto();
  const [record] = profile.stored.values();
  if (record === undefined) throw new Error('nothing was shared');
  const { shareId } = record;
  const follower = openApp(profile, { tabMemory: new Set([shareId]) });
  const starting = follower.start();
  await pass(profile);
  await starting;
  return { profile, tracker, leader, follower, shareId };
}

function handlesOf(record: ShareRecord | undefined): unknown {
  return record?.part.role === 'sharer' ? record.part.handles : undefined;
}

test('D7, D11: files chosen in a tab that only shows the share are told of there, and not in the leading one', async () => {
  const { profile, leader, follower, shareId } = await openSharers();
  follower.actions.chooseAgain(shareId, OTHERS);
  await pass(profile);
  expect(follower.state().notice?.code).toBe('other-files');
  expect(leader.state().notice).toBeUndefined();
  follower.actions.chooseAgain(shareId, NOTES);
  await pass(profile);
  expect(follower.state().notice).toBeUndefined();
});

test('D13: with the same files chosen again the ways to them are remembered, in whichever tab', async () => {
  const { profile, leader, follower, shareId } = await openSharers();
  expect(handlesOf(profile.stored.get(shareId))).toBeUndefined();
  leader.actions.chooseAgain(shareId, OTHERS, [HANDLE]);
  await pass(profile);
  expect(handlesOf(profile.stored.get(shareId))).toBeUndefined();
  leader.actions.chooseAgain(shareId, NOTES, [HANDLE]);
  await pass(profile);
  expect(handlesOf(profile.stored.get(shareId))).toEqual([HANDLE]);
  const renamed = { ...HANDLE, name: 'album' };
  follower.actions.chooseAgain(shareId, NOTES, [renamed]);
  await pass(profile);
  expect(handlesOf(profile.stored.get(shareId))).toEqual([renamed]);
});

test('D13: files chosen without a way to them leave the one that is known', async () => {
  const { profile, leader, shareId } = await openSharers();
  leader.actions.chooseAgain(shareId, NOTES, [HANDLE]);
  leader.actions.chooseAgain(shareId, NOTES);
  await pass(profile);
  expect(handlesOf(profile.stored.get(shareId))).toEqual([HANDLE]);
});

test('D11: ten tabs that look get one picture for all of them, without the file list', async () => {
  const { profile, shareId } = await openSharers();
  const cards: MirrorMessage[] = [];
  const listen = (message: MirrorMessage): void => {
    if (message.kind === 'card') cards.push(message);
  };
  const name = nameMirrorChannel(shareId);
  const tabs = Array.from({ length: 10 }, (_, i) =>
    profile.openChannel<MirrorMessage>(name, i === 0 ? listen : () => {}),
  );
  await profile.pass(250);
  cards.length = 0;
  for (const tab of tabs) tab.post({ kind: 'look' });
  await profile.pass(0);
  expect(cards).toHaveLength(1);
  expect(JSON.stringify(cards)).not.toContain('notes.txt');
});

test('case S6; D12: asked by a tab that is to save, the leading one looks at what is stored first', async () => {
  const profile = new FakeProfile();
  const { record, sealed } = await sealNotes();
  const { shareId } = record;
  profile.stored.set(shareId, { ...record, part: { role: 'receiver', saved: true } });
  const pieces = new MapPieceStore([[0, sealed]]);
  const leader = openApp(profile, {
    pieces,
    findTransport: async () => ({
      connect: () => {
        throw new Error('there is nobody');
      },
    }),
  });
  await leader.start();
  await settleCrypto();
  const line = new MirrorLine({
    shareId,
    clock: profile.clock,
    browser: {
      openChannel: (name, hear) => profile.openChannel(name, hear),
      seed: () => profile.nextSeed(),
    },
    onMessage: () => {},
  });
  expect(await line.ask({ kind: 'whole', files: 'all' })).toEqual({
    kind: 'whole',
    isWhole: true,
    files: 'all',
  });
  pieces.pieces.clear();
  expect(await line.ask({ kind: 'whole', files: 'all' })).toEqual({
    kind: 'whole',
    isWhole: false,
    files: 'all',
  });
  expect(shownBy(leader)).toEqual([`${shareId} waiting-for-peers`]);
});

function targetOf(record: ShareRecord | undefined): unknown {
  return record?.part.role === 'sharer' ? record.part.copyTarget : 'no sharer';
}

test('D11: how many copies a sharer asks for is remembered, in whichever tab, each time with a later serial', async () => {
  const { profile, leader, follower, shareId } = await openSharers();
  expect(targetOf(profile.stored.get(shareId))).toBeUndefined();
  leader.actions.setCopies(shareId, 4);
  await pass(profile);
  expect(targetOf(profile.stored.get(shareId))).toEqual({ copies: 4, serial: 2 });
  follower.actions.setCopies(shareId, 1);
  await pass(profile);
  expect(targetOf(profile.stored.get(shareId))).toEqual({ copies: 1, serial: 3 });
});

test('T34, D11, D15: an end that is chosen is remembered, in whichever tab, and the share ends in all of them', async () => {
  const { profile, leader, follower, shareId } = await openSharers();
  follower.actions.setEnd(shareId, 'hour');
  await pass(profile);
  const end = profile.stored.get(shareId)?.end;
  expect(end && decodeShareEnd(end)).toEqual({ endAtMs: 1 + 3_600_000, serial: 1 });
  for (const app of [leader, follower]) {
    expect(app.state().cards[0]?.end).toEqual({ secondsLeft: 3600, isOver: false });
  }
  follower.actions.setEnd(shareId, 'now');
  await pass(profile);
  expect([shownBy(leader), shownBy(follower)]).toEqual([
    [`${shareId} ended`],
    [`${shareId} ended`],
  ]);
  leader.actions.resume(shareId);
  await pass(profile);
  expect(shownBy(leader)).toEqual([`${shareId} ended`]);
});

test('T36: of a share that is removed the tracker client is told to forget the end', async () => {
  const { profile, tracker, follower, shareId } = await openSharers();
  follower.actions.setEnd(shareId, 'hour');
  await pass(profile);
  expect([tracker.ends.has(shareId), tracker.forgottenEnds]).toEqual([true, []]);
  follower.actions.forget(shareId);
  await pass(profile);
  expect(tracker.forgottenEnds).toEqual([shareId]);
});

function downloadsOf(record: ShareRecord | undefined): unknown {
  return record?.part.role === 'sharer' ? record.part.downloads : 'no sharer';
}

test('D11, D16: after how many downloads a share ends is remembered, in whichever tab, and shown in all of them', async () => {
  const { profile, leader, follower, shareId } = await openSharers();
  follower.actions.setEnd(shareId, { downloads: 5 });
  await pass(profile);
  expect(downloadsOf(profile.stored.get(shareId))).toEqual({ count: 0, limit: 5 });
  for (const app of [leader, follower]) {
    expect(app.state().cards[0]?.downloads).toEqual({ count: 0, limit: 5 });
    expect(app.state().cards[0]?.end).toBeUndefined();
  }
  leader.actions.setEnd(shareId, { downloads: undefined });
  await pass(profile);
  expect(downloadsOf(profile.stored.get(shareId))).toBeUndefined();
  expect(follower.state().cards[0]?.downloads).toBeUndefined();
});

test('D16, T34: a share that has had its downloads ends as it does at once, also where the page was closed in between', async () => {
  const profile = new FakeProfile();
  const { record } = await sealNotes();
  const { shareId, part } = record;
  if (part.role !== 'sharer') throw new Error('not the sharer');
  const downloads = { count: 1, limit: 1 } as const;
  profile.stored.set(shareId, { ...record, part: { ...part, downloads } });
  const tracker = new MemoryTracker();
  const app = openApp(profile, { tracker });
  const starting = app.start();
  await pass(profile);
  await starting;
  expect(shownBy(app)).toEqual([`${shareId} ended`]);
  expect(app.state().cards[0]?.downloads).toEqual(downloads);
  const end = profile.stored.get(shareId)?.end;
  expect(end && decodeShareEnd(end)).toEqual({ endAtMs: 0, serial: 1 });
  expect(tracker.ends.has(shareId)).toBe(true);
});
