import { expect, test } from 'vitest';
import type { ShareRecord } from './ports/share-records.ts';
import { formatFileId } from '../../shared/share/file-id.ts';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { MemoryTracker } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { PeerifyApp } from './app.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';

/** A link that is opened waits no longer for what is remembered of it. */
const RESUME_MS = 1_000;

const { secret, shareId, header } = await createSampleShare({ streamLength: 100 });
const record: ShareRecord = {
  shareId,
  secret,
  header: header.bytes,
  addedAtMs: 1,
  wish: 'pause',
  part: { role: 'receiver', saved: false },
};

/** The page in a new tab, with a fragment in its address. It reaches the tracker, and no peers. */
function openApp(profile: FakeProfile, fragment = ''): PeerifyApp {
  const sharerParts = {
    setFiles: () => {},
    wantAllKept: () => {},
    keepMore: async () => false,
  };
  return new PeerifyApp({
    tracker: Object.assign(new MemoryTracker(), {
      status: 'up' as const,
      subscribe: () => () => {},
    }),
    findTransport: () => Promise.reject(new Error('not in this test')),
    stores: {
      pieces: () => new MapPieceStore(),
      sharer: () => Object.assign(new MapPieceStore(), sharerParts),
      clear: async () => {},
    },
    saver: { save: async () => {} },
    clock: profile.clock,
    records: profile.records,
    browser: {
      ...profile.openTab().locks,
      origin: 'https://peerify.example',
      fragment: () => fragment,
      setFragment: () => {},
      onFragmentChange: () => {},
      copy: async () => true,
      epochMs: () => 1,
      seed: () => 1,
      requestPersistence: () => {},
    },
  });
}

function shownBy(app: PeerifyApp): readonly string[] {
  return app.state().cards.map(({ key, status }) => `${key} ${status.kind}`);
}

test('D8: what is remembered is there again, as it was asked for last', async () => {
  const profile = new FakeProfile();
  profile.stored.set(shareId, record);
  const app = openApp(profile);
  await app.start();
  await settleCrypto();
  expect(shownBy(app)).toEqual([`${shareId} paused`]);
});

test('D8: a share that is made here is shown and remembered', async () => {
  const profile = new FakeProfile();
  const app = openApp(profile);
  await app.start();
  app.actions.share([{ path: 'notes.txt', file: new File(['notes'], 'notes.txt') }]);
  await settleCrypto();
  const made = [...profile.stored.keys()];
  expect(made).toHaveLength(1);
  expect(app.state().cards.map(({ key }) => key)).toEqual(made);
});

test('D9: a share forgotten while it is being opened stays away, and another tab may have it', async () => {
  const profile = new FakeProfile();
  profile.stored.set(shareId, record);
  const app = openApp(profile, formatFileId({ secret, shareId }));
  await app.start();
  await profile.pass(RESUME_MS);
  expect(shownBy(app)).toEqual([`${shareId} ready`]);
  app.actions.forget(shareId);
  await settleCrypto();
  expect(shownBy(app)).toEqual([]);
  expect(await profile.openTab().shelf.take(shareId)).toEqual(record);
});
