import { expect, test } from 'vitest';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { StoreError } from '../../shared/swarm/ports/piece-store.ts';
import type { StoreErrorCode } from '../../shared/swarm/ports/piece-store.ts';
import { createPausedDownload, NO_VOLUNTEERING, openApp, shownBy } from './open-app.test-helper.ts';
import { ShareRates } from './share-rates.ts';
import { FIRST_SETTINGS } from './volunteering.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';

const FIRST_MS = 6_000;
const ASLEEP_MS = 45_000;

/** A store that fails until it is mended. */
class FailingStore extends MapPieceStore {
  failure: StoreErrorCode | undefined;
  readCount = 0;

  override async held(): Promise<readonly number[]> {
    this.readCount += 1;
    if (this.failure !== undefined) throw new StoreError(this.failure);
    return super.held();
  }
}

const DO_NOTHING = async (): Promise<void> => {};

/** Keeps nothing for others. */
const KEEPER = {
  apply: () => {},
  state: () => ({
    heldBytes: 0,
    pieceCount: 0,
    shareCount: 0,
    upBytesPerSecond: 0,
    problem: undefined,
  }),
  refresh: () => {},
  wake: () => {},
  letGo: () => {},
  forget: DO_NOTHING,
  rates: new ShareRates(() => undefined),
};

const transport = {
  connect: () => {
    throw new Error('there is nobody');
  },
};

/** A page that goes on with a download, in whose store there is something wrong. */
async function openOn(
  failure: StoreErrorCode,
  pieces = new FailingStore(),
  yieldRoom = DO_NOTHING,
) {
  const { record } = await createPausedDownload();
  const { shareId } = record;
  const profile = new FakeProfile();
  profile.stored.set(shareId, { ...record, wish: 'run' });
  pieces.failure = failure;
  const shown: (() => void)[] = [];
  let epochMs = 1;
  const app = openApp(profile, {
    pieces,
    tabMemory: new Set([shareId]),
    findTransport: async () => transport,
    hasRoom: async () => pieces.failure === undefined,
    epochMs: () => epochMs,
    volunteering: {
      records: {
        ...NO_VOLUNTEERING.records,
        readSettings: async () => ({ ...FIRST_SETTINGS, isOn: true }),
      },
      openKeeper: async () => ({ ...KEEPER, yieldRoom }),
    },
    onShown: (callback) => void shown.push(callback),
  });
  const starting = app.start();
  const pass = async (durationMs: number): Promise<void> => {
    await settleCrypto();
    await profile.pass(durationMs);
    await settleCrypto();
  };
  await pass(3_000);
  await starting;
  const show = (): void => shown.forEach((callback) => callback());
  const sleep = (): void => void (epochMs += ASLEEP_MS);
  const shows = (): string | undefined => shownBy(app)[0]?.replace(`${shareId} `, '');
  return { app, shareId, pieces, pass, show, sleep, shows };
}

for (const failure of ['quota-exceeded', 'unavailable'] as const) {
  test(`case S1; D10: what the store paused (${failure}) goes on by itself once the store works`, async () => {
    const { app, pieces, pass, shows } = await openOn(failure);
    expect(app.state().cards[0]?.status).toMatchObject({ kind: 'paused', problem: {} });
    await pass(FIRST_MS);
    expect([shows(), pieces.readCount]).toEqual(['paused', 1]);
    pieces.failure = undefined;
    await pass(60_000);
    expect(shows()).toBe('waiting-for-peers');
  });
}

test('case S1; D10: it goes on at once when somebody looks at the page again', async () => {
  const { pieces, pass, show, shows } = await openOn('quota-exceeded');
  for (let i = 0; i < 6; i += 1) await pass(30_000);
  pieces.failure = undefined;
  await pass(1_000);
  expect(shows()).toBe('paused');
  show();
  await pass(1_000);
  expect(shows()).toBe('waiting-for-peers');
});

test('case S1; D10: it goes on at once when something else of the page is removed', async () => {
  const { app, pieces, pass, shows } = await openOn('quota-exceeded');
  for (let i = 0; i < 6; i += 1) await pass(30_000);
  pieces.failure = undefined;
  app.actions.forgetVolunteered();
  await pass(1_000);
  expect(shows()).toBe('waiting-for-peers');
});

test('case S1; D10: what a person paused or removed stays so, however much room there is', async () => {
  const { app, shareId, pieces, pass, show, shows } = await openOn('quota-exceeded');
  app.actions.pause(shareId);
  pieces.failure = undefined;
  show();
  await pass(120_000);
  expect(app.state().cards[0]?.status).toEqual({ kind: 'paused', problem: undefined });
  app.actions.forget(shareId);
  await pass(120_000);
  expect([shows(), pieces.readCount]).toEqual([undefined, 1]);
});

test('case S7; E32: a page that wakes looks at its store, and what that paused goes on', async () => {
  const { pieces, pass, sleep, shows } = await openOn('quota-exceeded');
  for (let i = 0; i < 6; i += 1) await pass(30_000);
  pieces.failure = undefined;
  sleep();
  await pass(1_000);
  expect(shows()).toBe('waiting-for-peers');
  pieces.failure = 'unavailable';
  const { readCount } = pieces;
  await pass(1_000);
  expect([shows(), pieces.readCount]).toEqual(['waiting-for-peers', readCount]);
  sleep();
  await pass(1_000);
  expect(shows()).toBe('paused');
});

test('case S1; D10: what is kept for others makes room for a share of one’s own, which then goes on', async () => {
  const pieces = new FailingStore();
  const { pass, shows } = await openOn('quota-exceeded', pieces, async () => {
    pieces.failure = undefined;
  });
  await pass(1_000);
  expect(shows()).toBe('waiting-for-peers');
  const other = await openOn('unavailable', new FailingStore(), async () => {
    throw new Error('nothing is full');
  });
  await other.pass(1_000);
  expect(other.shows()).toBe('paused');
});
