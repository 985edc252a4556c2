import { expect, test } from 'vitest';
import { createSampleShare } from '../../shared/share/sample-share.test-helper.ts';
import { signShareEnd } from '../../shared/share/share-end.ts';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { MemoryTracker } from '../../shared/swarm/memory-tracker.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import type { ShareRecord } from './ports/share-records.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { openApp, shownBy } from './open-app.test-helper.ts';
import { ReadableScene } from './readable-scene.test-helper.ts';
import { createDownloadRecord } from './open-share.ts';
import { computeIndexPart } from './wanted-part.ts';

const KIB = 1024;
const NOW_MS = 1_800_000_000_000;
const A_WHILE_MS = 3_000;

/** A store that takes its time to say what it holds. */
class SlowStore extends MapPieceStore {
  #tell: () => void = () => {};
  readonly #told = new Promise<void>((resolve) => (this.#tell = resolve));

  override async held(): Promise<readonly number[]> {
    await this.#told;
    return super.held();
  }

  answer(): void {
    this.#tell();
  }
}

/** A tab that resumes a download, while its store says nothing yet. */
async function openSlowly(record: ShareRecord, pieces: SlowStore) {
  const profile = new FakeProfile();
  const tracker = new MemoryTracker();
  const { shareId } = record;
  profile.stored.set(shareId, record);
  const clock = { nowMs: NOW_MS };
  const transport = {
    connect: () => {
      throw new Error('there is nobody');
    },
  };
  const app = openApp(profile, {
    tracker,
    pieces,
    tabMemory: new Set([shareId]),
    epochMs: () => clock.nowMs,
    findTransport: async () => transport,
  });
  const starting = app.start();
  const pass = async (): Promise<void> => {
    await settleCrypto();
    await profile.pass(A_WHILE_MS);
    await settleCrypto();
  };
  await pass();
  await starting;
  return { app, shareId, clock, tracker, pass };
}

test('E28: all that is chosen while the store is still being read is fetched', async () => {
  const files = ['one', 'two'].map((path) => [path, new Uint8Array(100 * KIB)] as const);
  const { share, pieces } = await ReadableScene.open(files);
  const store = new SlowStore([...pieces.entries()].slice(0, 1));
  const wanted = computeIndexPart(share.header);
  const record = createDownloadRecord(share, 1, { wanted, end: undefined });
  const { app, shareId, pass } = await openSlowly(record, store);
  app.actions.want(shareId, 'all');
  await pass();
  store.answer();
  await pass();
  expect(shownBy(app)).toEqual([`${shareId} waiting-for-peers`]);
});

test('E30: a share that ends while the store is still being read is left', async () => {
  const { secret, shareId, header, signingKeys } = await createSampleShare({ streamLength: 100 });
  const end = await signShareEnd(signingKeys.privateKey, shareId, {
    endAtMs: NOW_MS + 1,
    serial: 1,
  });
  const part = { role: 'receiver', saved: false } as const;
  const store = new SlowStore();
  const { app, clock, tracker, pass } = await openSlowly(
    { shareId, secret, header: header.bytes, end, addedAtMs: 1, wish: 'run', part },
    store,
  );
  clock.nowMs += 1;
  await pass();
  store.answer();
  await pass();
  expect([shownBy(app), tracker.memberCount]).toEqual([[`${shareId} ended`], 0]);
});
