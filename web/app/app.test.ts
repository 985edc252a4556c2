import { expect, test } from 'vitest';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { createPausedDownload, openApp, shownBy } from './open-app.test-helper.ts';
import { PROBLEMS } from './problems.ts';

/** A link that is opened waits no longer for what is remembered of it. */
const RESUME_MS = 1_000;
const COPY_MS = 1_000;

const { record, fragment } = await createPausedDownload();
const { shareId } = record;

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
  const app = openApp(profile, { fragment });
  await app.start();
  await profile.pass(RESUME_MS);
  expect(shownBy(app)).toEqual([`${shareId} ready`]);
  app.actions.forget(shareId);
  await settleCrypto();
  expect(shownBy(app)).toEqual([]);
  expect(await profile.openTab().shelf.take(shareId)).toEqual(record);
});

test('the link of a share that is made here is copied, and of one that is only there again not', async () => {
  const profile = new FakeProfile();
  const copied: string[] = [];
  const copy = async (text: string) => copied.push(text) > 0;
  const tab = profile.openTab();
  const app = openApp(profile, { copy, tab });
  await app.start();
  app.actions.share([{ path: 'notes.txt', file: new File(['notes'], 'notes.txt') }]);
  await settleCrypto();
  const { cards, made } = app.state();
  expect(made).toEqual({ key: cards[0]?.key, isLinkCopied: true });
  expect(copied).toEqual([cards[0]?.link]);
  tab.close();
  const reopened = openApp(profile, { copy });
  await reopened.start();
  await settleCrypto();
  expect(reopened.state()).toMatchObject({ cards: [{ link: copied[0] }], made: undefined });
  expect(copied).toHaveLength(1);
});

test('a browser that does not answer whether it copies is not waited for', async () => {
  const profile = new FakeProfile();
  const app = openApp(profile, { copy: () => new Promise<boolean>(() => {}) });
  await app.start();
  app.actions.share([{ path: 'notes.txt', file: new File(['notes'], 'notes.txt') }]);
  await settleCrypto();
  expect(app.state()).toMatchObject({ cards: [{ role: 'sharer' }], made: undefined });
  await profile.pass(COPY_MS);
  await settleCrypto();
  expect(app.state().made?.isLinkCopied).toBe(false);
});

const findNothing = () => Promise.reject(new Error('offline'));

test('where what opens links cannot be loaded the page says so, and names no button that it does not have', async () => {
  const app = openApp(new FakeProfile(), { fragment, findPreview: findNothing });
  await app.start();
  await settleCrypto();
  expect(app.state().notice).toEqual(PROBLEMS.partMissing);
});
