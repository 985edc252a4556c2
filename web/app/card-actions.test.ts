import { expect, test } from 'vitest';
import type { PickErrorCode } from './ports/saver.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { createPausedDownload, openApp } from './open-app.test-helper.ts';
import { PickError } from './ports/saver.ts';
import { PROBLEMS } from './problems.ts';

/** What stands on the page once somebody has asked for a place, and that could not be had. */
async function findNotice(code: PickErrorCode | undefined) {
  const { record, fragment } = await createPausedDownload();
  const profile = new FakeProfile();
  profile.stored.set(record.shareId, record);
  const app = openApp(profile, {
    fragment,
    places: {
      kinds: ['file'],
      pick: async () => {
        if (code !== undefined) throw new PickError(code);
        return undefined;
      },
    },
  });
  await app.start();
  await settleCrypto();
  app.actions.saveTo(record.shareId, 'file');
  await settleCrypto();
  return app.state().notice;
}

test('V9: a place is asked for within the press of a button, as browsers demand, whatever else takes its time', async () => {
  const { record, fragment } = await createPausedDownload();
  const profile = new FakeProfile();
  profile.stored.set(record.shareId, record);
  const asked: string[] = [];
  const app = openApp(profile, {
    fragment,
    places: {
      kinds: ['file', 'folder'],
      pick: async (...question) => void asked.push(question.join()),
    },
  });
  await app.start();
  await settleCrypto();
  const name = app.state().cards[0]?.name;
  for (const kind of ['file', 'folder'] as const) app.actions.saveTo(record.shareId, kind);
  expect(asked).toEqual([`file,${name}`, `folder,${name}`]);
});

test('V9: why no place can be picked is told, and nothing of a person who does not want to', async () => {
  expect(await findNotice(undefined)).toBeUndefined();
  expect(await findNotice('not-loaded')).toEqual(PROBLEMS.partMissing);
  expect(await findNotice('refused')).toEqual(PROBLEMS.placeRefused);
});
