import { expect, test } from 'vitest';
import { signCopyTarget } from '../../shared/share/copy-target.ts';
import { createSealedShare } from '../../shared/swarm/sealed-share.test-helper.ts';
import { KeeperScene, ON } from './keeper-scene.test-helper.ts';
import { FIRST_SETTINGS } from './volunteering.ts';

const sealed = await createSealedShare(1);

test('T31: takes no more than 24 shares, however small, and goes on with those', async () => {
  const scene = new KeeperScene(sealed);
  const keeper = await scene.open();
  keeper.apply(ON);
  await scene.swarm.pass(1_000);
  const shares = await Promise.all(Array.from({ length: 26 }, () => createSealedShare(1)));
  for (const { share, membership } of [...shares, ...shares.slice(0, 1)]) {
    const { shareId, signingKeys } = share;
    const word = { copies: 2, serial: 1 };
    const target = await signCopyTarget(signingKeys.privateKey, shareId, word);
    await scene.order([[0, 0]], { shareId, header: membership.header, target });
    await scene.swarm.pass(500);
  }
  const ids = shares.map(({ share }) => share.shareId);
  expect([...scene.remembered.keys()]).toEqual(ids.slice(0, 24));
  expect(scene.declined).toEqual(ids.slice(24));
  keeper.apply(FIRST_SETTINGS);
  scene.swarm.stopAll();
});
