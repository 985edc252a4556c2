import { expect, test } from 'vitest';
import { computeSealedLength } from '../../shared/share/geometry.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import type { ShareCard } from './app-state.ts';
import type { MirrorMessage } from './mirror-messages.ts';
import type { ShareRecord } from './ports/share-records.ts';
import type { SpaceMeter } from './ports/space-meter.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { nameMirrorChannel } from './mirror-messages.ts';
import { Space } from './space.ts';

const MEASURE_MS = 5_000;
const { secret, shareId, header, signingKeys } = await createSampleShare({ streamLength: 100_000 });
const record: ShareRecord = {
  shareId,
  secret,
  header: header.bytes,
  addedAtMs: 1,
  wish: 'run',
  part: { role: 'receiver', saved: true },
};

type Card = Pick<ShareCard, 'key' | 'role' | 'status'>;

function receiver(key: string, saved: boolean): Card {
  return { key, role: 'receiver', status: { kind: 'complete', saved } };
}

function openSpace(shown: readonly Card[], change: Partial<SpaceMeter> = {}, remembered = record) {
  const profile = new FakeProfile();
  const done: string[] = [];
  const meter: SpaceMeter = {
    measure: async () => ({ usedBytes: 5, quotaBytes: 100 }),
    listPieces: async () => new Map([[shareId, [0, 1, 99]]]),
    ...change,
  };
  const browser = { openChannel: profile.openChannel.bind(profile) };
  const space = new Space(
    { meter, clock: profile.clock, browser },
    {
      listRecords: async () => [remembered],
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is read of them
      listCards: () => shown as readonly ShareCard[],
      forget: (key) => void done.push(`forget ${key}`),
      forgetVolunteered: () => void done.push('forget volunteered'),
      onChange: () => {},
    },
  );
  return { space, profile, done };
}

test('says what is used, what would be given, and how much of it each share takes', async () => {
  const { space } = openSpace([receiver(shareId, true)]);
  expect(space.state).toBeUndefined();
  space.refresh();
  await expect.poll(() => space.state).toBeDefined();
  const { geometry } = header;
  // The share has no piece 99.
  const stored = computeSealedLength(geometry, 0) + computeSealedLength(geometry, 1);
  expect(space.state).toEqual({
    usedBytes: 5,
    quotaBytes: 100,
    storedBytes: new Map([[shareId, stored]]),
    elsewhere: [],
  });
});

test('names what other tabs take care of', async () => {
  const { space } = openSpace([]);
  space.refresh();
  await expect.poll(() => space.state?.elsewhere).toEqual(['notes.txt']);
});

test('measures now and then, and at once where a card came or went', async () => {
  const shown = [receiver(shareId, true)];
  let count = 0;
  const measure = async () => {
    count += 1;
    return undefined;
  };
  const { space, profile } = openSpace(shown, { measure });
  const look = async () => {
    space.refresh();
    await profile.pass(0);
    return count;
  };
  expect(await look()).toBe(1);
  expect(await look()).toBe(1);
  shown.push(receiver('other', false));
  expect(await look()).toBe(2);
  profile.clock.advance(MEASURE_MS);
  expect(await look()).toBe(3);
});

test('clearing finished downloads leaves what is under way, not saved, or one’s own', () => {
  const { space, done } = openSpace([
    receiver('saved', true),
    receiver('unsaved', false),
    { key: 'moving', role: 'receiver', status: { kind: 'downloading' } },
    { key: 'own', role: 'sharer', status: { kind: 'sharing' } },
  ]);
  space.clearFinished();
  expect(done).toEqual(['forget saved']);
});

test('clearing everything reaches the tabs that take care of what is not shown here', async () => {
  const { space, done, profile } = openSpace([receiver('shown', true)]);
  const heard: MirrorMessage[] = [];
  profile.openChannel<MirrorMessage>(nameMirrorChannel(shareId), (message) => heard.push(message));
  await space.clearAll();
  await profile.pass(0);
  expect(done).toEqual(['forget shown', 'forget volunteered']);
  expect(heard).toEqual([{ kind: 'wish', wish: 'forget' }]);
});

test('what another tab shares and this one only downloads is named and cleared as that tab’s', async () => {
  const shared: ShareRecord = {
    ...record,
    part: { role: 'sharer', signingKey: signingKeys.privateKey, index: header.bytes, files: [] },
  };
  const { space, done, profile } = openSpace([receiver(shareId, true)], {}, shared);
  space.refresh();
  await expect.poll(() => space.state?.elsewhere).toEqual(['notes.txt']);
  const heard: MirrorMessage[] = [];
  profile.openChannel<MirrorMessage>(nameMirrorChannel(shareId), (message) => heard.push(message));
  await space.clearAll();
  await profile.pass(0);
  expect(done).toEqual([`forget ${shareId}`, 'forget volunteered']);
  expect(heard).toEqual([{ kind: 'wish', wish: 'forget' }]);
});
