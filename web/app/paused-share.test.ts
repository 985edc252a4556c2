import { expect, test } from 'vitest';
import { MapPieceStore } from '../../shared/swarm/map-piece-store.test-helper.ts';
import { settleCrypto } from '../../shared/swarm/pending-crypto.test-helper.ts';
import type { Saver } from './ports/saver.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { openApp } from './open-app.test-helper.ts';
import { sealNotes } from './sealed-notes.test-helper.ts';

const A_WHILE_MS = 3_000;

/** A download of which everything is stored, in a browser of its own. */
async function keepDownload() {
  const { record, sealed } = await sealNotes();
  const { shareId } = record;
  const profile = new FakeProfile();
  profile.stored.set(shareId, { ...record, part: { role: 'receiver', saved: true } });
  const pieces = new MapPieceStore([[0, sealed]]);
  const saved: string[] = [];
  const place: Saver = {
    canSave: async () => true,
    save: async ({ name }) => void saved.push(name),
  };
  const pass = async (): Promise<void> => {
    for (let times = 0; times < 3; times += 1) {
      await settleCrypto();
      await profile.pass(A_WHILE_MS);
    }
  };
  const open = async (tabMemory?: Set<string>) => {
    const tab = profile.openTab();
    const app = openApp(profile, {
      pieces,
      tab,
      ...(tabMemory === undefined ? {} : { tabMemory }),
      places: { kinds: ['file'], pick: async () => place },
      findTransport: async () => ({
        connect: () => {
          throw new Error('there is nobody');
        },
      }),
    });
    const starting = app.start();
    await pass();
    await starting;
    return { app, close: tab.close };
  };
  return { shareId, pieces, saved, pass, open };
}

const PAUSED = { kind: 'paused', problem: undefined };

test('D8: what is complete can be paused and saved all the same, also after a reload', async () => {
  const { shareId, saved, pass, open } = await keepDownload();
  const { app, close } = await open();
  app.actions.pause(shareId);
  expect(app.state().cards[0]?.status).toEqual({ ...PAUSED, complete: { saved: true } });
  app.actions.saveTo(shareId, 'file');
  await pass();
  expect(saved).toEqual(['notes.txt']);
  close();
  const reloaded = await open();
  const [card] = reloaded.app.state().cards;
  expect([card?.status, card?.transfer.percent]).toEqual([
    { ...PAUSED, complete: { saved: true } },
    100,
  ]);
  reloaded.app.actions.saveTo(shareId, 'file');
  await pass();
  expect(saved).toEqual(['notes.txt', 'notes.txt']);
  reloaded.app.actions.resume(shareId);
  await pass();
  expect(reloaded.app.state().cards[0]?.status).toEqual({ kind: 'complete', saved: true });
});

test('D11: a tab that shows what another one has paused saves it too', async () => {
  const { shareId, saved, pass, open } = await keepDownload();
  const leader = await open();
  const follower = await open(new Set([shareId]));
  leader.app.actions.pause(shareId);
  await pass();
  expect(follower.app.state().cards[0]?.status).toEqual({ ...PAUSED, complete: { saved: true } });
  follower.app.actions.saveTo(shareId, 'file');
  await pass();
  expect(saved).toEqual(['notes.txt']);
});

test('D12: of what is paused and gone from the storage nothing is saved, and the card no longer says that it is here', async () => {
  const { shareId, pieces, saved, pass, open } = await keepDownload();
  const { app } = await open();
  app.actions.pause(shareId);
  pieces.pieces.clear();
  app.actions.saveTo(shareId, 'file');
  await pass();
  expect([saved, app.state().cards[0]?.status]).toEqual([[], PAUSED]);
});
