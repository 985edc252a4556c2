import { expect, test } from 'vitest';
import { createSealedShare } from '../../shared/swarm/sealed-share.test-helper.ts';
import { FakeProfile } from './fake-profile.test-helper.ts';
import { KeeperScene, ON } from './keeper-scene.test-helper.ts';
import { NO_VOLUNTEERING, openApp } from './open-app.test-helper.ts';

const ASLEEP_MS = 45_000;
const sealed = await createSealedShare(4 * 65_536 + 10);

test('case S7; E32: a page that wakes asks for peers at once also where it keeps pieces for others', async () => {
  const scene = new KeeperScene(sealed);
  const { swarm } = scene;
  await swarm.joinSharer();
  const told: string[] = [];
  const join = swarm.tracker.join.bind(swarm.tracker);
  swarm.tracker.join = (shareId, events) => {
    const session = join(shareId, events);
    return {
      ...session,
      find: () => {
        told.push('find');
        return session.find();
      },
      announce: (announcement) => {
        told.push('announce');
        return session.announce(announcement);
      },
    };
  };
  const profile = new FakeProfile();
  let epochMs = 1;
  const app = openApp(profile, {
    epochMs: () => epochMs,
    volunteering: {
      records: { ...NO_VOLUNTEERING.records, readSettings: async () => ON },
      openKeeper: () => scene.open(),
    },
  });
  void app.start();
  const pass = async (durationMs: number): Promise<void> => {
    await profile.pass(durationMs);
    await swarm.pass(durationMs);
  };
  await pass(2_000);
  await scene.order([[0, 4]]);
  await swarm.until(() => scene.store.pieces.size === 5);
  await pass(2_000);
  told.length = 0;
  await pass(2_000);
  expect(told).toEqual([]);
  epochMs += ASLEEP_MS;
  await pass(1_000);
  expect(told.toSorted()).toEqual(['announce', 'find']);
  app.actions.volunteer({ ...ON, isOn: false });
  await pass(1_000);
  swarm.stopAll();
});
